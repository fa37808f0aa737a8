import type { EpochMs } from '#facts';
import type { Incident } from '#incidents';
import { readChange, type ChangeKind } from './change.ts';

/** A change of ours that has begun on a target. */
export interface OwnChange {
  readonly kind: ChangeKind;
  readonly startedAt: EpochMs;
  /** Null while it runs. */
  readonly endedAt: EpochMs | null;
}

/** What the incident's steps have begun on the target, in order. */
export function ownChanges({ steps }: Pick<Incident, 'steps'>, target: string): readonly OwnChange[] {
  return steps.flatMap(({ target: of, pipeline, startedAt, endedAt }) =>
    of === target && startedAt !== null ? [{ kind: readChange(pipeline).kind, startedAt, endedAt }] : [],
  );
}
