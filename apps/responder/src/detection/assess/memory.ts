import type { EpochMs } from '#facts';
import type { Traffic } from './traffic.ts';
import type { SourceClass } from '../assessment.ts';

/** What one assessment hands to the next. Plain data. */
export interface AssessMemory {
  /** When each condition that holds now began to hold without a break. */
  readonly since: Readonly<Record<string, EpochMs>>;
  /** Classes that have confirmed the present harm; null while none is confirmed. */
  readonly confirmedBy: readonly SourceClass[] | null;
  readonly impactStartAt: EpochMs | null;
  /** Since when, without a break, there is harm or the suspicion of an outage. */
  readonly suspectedSince: EpochMs | null;
  /** What clients other than our probes send in quiet times; null before any was seen. */
  readonly traffic: Traffic | null;
}

/** The memory before the first assessment. */
export const emptyMemory: AssessMemory = {
  since: {},
  confirmedBy: null,
  impactStartAt: null,
  suspectedSince: null,
  traffic: null,
};

/** Conditions that hold at `at`, each with the time it began. */
export function keepSince(
  before: AssessMemory['since'],
  holding: readonly string[],
  at: EpochMs,
): AssessMemory['since'] {
  return Object.fromEntries(holding.map((key) => [key, before[key] ?? at]));
}
