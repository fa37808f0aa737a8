import type { Condition } from './meta.ts';

interface Judged {
  status?: { conditions?: Condition[] };
}

/** The condition of a type, undefined when the object has none. */
export function conditionOf({ status }: Judged, type: string): Condition | undefined {
  return status?.conditions?.find((one) => one.type === type);
}

/** Whether the condition Ready of a pod or node is True. */
export function isReady(object: Judged): boolean {
  return conditionOf(object, 'Ready')?.status === 'True';
}

/** A condition as of `now`: the time of its transition stays where its status stays. */
export function dated(condition: Condition, before: readonly Condition[], now: string): Condition {
  const last = before.find(({ type }) => type === condition.type);
  const kept = last?.status === condition.status ? last.lastTransitionTime : undefined;
  return { ...condition, lastTransitionTime: kept ?? now };
}

/** Puts a condition in the place of the one of its type, else behind the others. */
export function setCondition(object: Judged, condition: Condition): void {
  object.status ??= {};
  const all = object.status.conditions ?? [];
  const at = all.findIndex(({ type }) => type === condition.type);
  object.status.conditions = at === -1 ? [...all, condition] : all.with(at, condition);
}
