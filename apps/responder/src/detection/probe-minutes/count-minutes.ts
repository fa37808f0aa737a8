import type { ControlSample, EpochMs, ProbeSample } from '#facts';
import { isFailure } from '../assess/measure.ts';

/** How the probes of one function ended in one minute. */
export interface MinuteCount {
  readonly function: string;
  /** Its start. */
  readonly minute: EpochMs;
  readonly good: number;
  readonly bad: number;
  /** Says nothing of the service: given up by ourselves, or failed while the control target was out of reach too. */
  readonly unknown: number;
}

export const minuteMs = 60_000;

/** Counts ended probes by function and the minute in which they ended. */
export function countMinutes(
  samples: readonly ProbeSample[],
  controls: readonly ControlSample[],
): readonly MinuteCount[] {
  const counts = new Map<string, { -readonly [Key in keyof MinuteCount]: MinuteCount[Key] }>();
  for (const sample of samples) {
    const minute = Math.floor(sample.endedAt / minuteMs) * minuteMs;
    const key = `${minute} ${sample.target}`;
    const count = counts.get(key) ?? { function: sample.target, minute, good: 0, bad: 0, unknown: 0 };
    count[verdictOf(sample, controls)] += 1;
    counts.set(key, count);
  }
  return [...counts.values()];
}

/** Adds up counts of the same function and minute. */
export function addCounts(
  counts: readonly MinuteCount[],
  more: readonly MinuteCount[],
): readonly MinuteCount[] {
  const sums = new Map<string, MinuteCount>();
  for (const one of [...counts, ...more]) {
    const key = `${one.minute} ${one.function}`;
    const { good = 0, bad = 0, unknown = 0 } = sums.get(key) ?? {};
    sums.set(key, {
      ...one,
      good: good + one.good,
      bad: bad + one.bad,
      unknown: unknown + one.unknown,
    });
  }
  return [...sums.values()];
}

function verdictOf(sample: ProbeSample, controls: readonly ControlSample[]): 'good' | 'bad' | 'unknown' {
  if (sample.outcome === 'ok') return 'good';
  if (!isFailure(sample)) return 'unknown';
  const control = controls.findLast(({ at }) => at <= sample.endedAt) ?? controls[0];
  return control?.reachable === false ? 'unknown' : 'bad';
}
