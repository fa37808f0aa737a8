import type { Incident } from '../incident.ts';

/** The action's id, with a number when it was offered before. */
export function freeStepId({ steps }: Pick<Incident, 'steps'>, actionId: string): string {
  const taken = new Set(steps.map((step) => step.id));
  if (!taken.has(actionId)) return actionId;
  let n = 2;
  while (taken.has(`${actionId}-${n}`)) n += 1;
  return `${actionId}-${n}`;
}
