import type { Diagnosis } from '#diagnosis';
import type { EpochMs } from '#facts';

/** A cause that was held true for a while, as it was said at its surest. */
export interface SaidCause {
  readonly id: string;
  readonly subject: string;
  /** The highest that was said, 0 to 1. */
  readonly confidence: number;
  readonly for: readonly string[];
  readonly against: readonly string[];
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  /** Looks at the facts in which it was held. */
  readonly looks: number;
}

/** Causes by `id subject`, with how many looks there were since the first of them. */
export interface SaidCauses {
  readonly looks: number;
  readonly causes: ReadonlyMap<string, SaidCause>;
}

export const nothingSaid: SaidCauses = { looks: 0, causes: new Map() };

/** Less than this share of the looks, a cause was a passing thought. */
const standingShare = 0.25;

/** One more look at the facts. */
export function say(said: SaidCauses, diagnoses: readonly Diagnosis[], at: EpochMs): SaidCauses {
  const named = diagnoses.filter((one) => one.id !== 'unknown');
  if (said.causes.size === 0 && named.length === 0) return said;
  const causes = new Map(said.causes);
  for (const one of named) {
    const key = `${one.id} ${one.subject}`;
    causes.set(key, heldAgain(causes.get(key), one, at));
  }
  return { looks: said.looks + 1, causes };
}

function heldAgain(before: SaidCause | undefined, one: Diagnosis, at: EpochMs): SaidCause {
  const { id, subject, confidence } = one;
  const count = { firstAt: before?.firstAt ?? at, lastAt: at, looks: (before?.looks ?? 0) + 1 };
  if (before !== undefined && before.confidence > confidence) return { ...before, ...count };
  return { id, subject, confidence, for: one.for, against: one.against, ...count };
}

/** Causes that stood, surest first, and those that were given up soon. */
export function sortCauses({ looks, causes }: SaidCauses): {
  readonly standing: readonly SaidCause[];
  readonly dropped: readonly SaidCause[];
} {
  const all = [...causes.values()].toSorted((a, b) => b.confidence - a.confidence || b.looks - a.looks);
  const stands = (one: SaidCause): boolean => one.looks >= looks * standingShare;
  return { standing: all.filter(stands), dropped: all.filter((one) => !stands(one)) };
}
