import type { EpochMs, ProbeSample } from '#facts';

/** Requests of a window, counted. */
export interface Measure {
  readonly requests: number;
  readonly failed: number;
  /** failed / requests; 0 without requests. */
  readonly ratio: number;
  /** The wanted percentile over answered requests, milliseconds; null without any. */
  readonly latencyMs: number | null;
}

/** A request that no client would call served. One that we gave up ourselves (`aborted`) says nothing. */
export function isFailure(sample: ProbeSample): boolean {
  return sample.outcome !== 'ok' && sample.outcome !== 'aborted';
}

/** Nearest-rank percentile; null for an empty list. */
export function percentile(values: readonly number[], rank: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? null;
}

/** Counts samples. A failure counts as an error, never again as a slow answer. */
export function measure(samples: readonly ProbeSample[], rank: number): Measure {
  const counted = samples.filter((one) => one.outcome !== 'aborted');
  const failed = counted.filter(isFailure).length;
  const answered = counted.filter((one) => one.outcome === 'ok').map((one) => one.durationMs);
  return {
    requests: counted.length,
    failed,
    ratio: counted.length === 0 ? 0 : failed / counted.length,
    latencyMs: percentile(answered, rank),
  };
}

/** Samples that ended after `from`; `samples` are ordered by their end. */
export function endedAfter(samples: readonly ProbeSample[], from: EpochMs): readonly ProbeSample[] {
  let first = samples.length;
  while (first > 0 && (samples[first - 1]?.endedAt ?? 0) > from) first -= 1;
  return samples.slice(first);
}
