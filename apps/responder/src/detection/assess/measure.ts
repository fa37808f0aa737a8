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
  const answered: number[] = [];
  let failed = 0;
  for (const sample of samples) {
    if (sample.outcome === 'ok') answered.push(sample.durationMs);
    else if (isFailure(sample)) failed += 1;
  }
  const requests = answered.length + failed;
  return {
    requests,
    failed,
    ratio: requests === 0 ? 0 : failed / requests,
    latencyMs: percentile(answered, rank),
  };
}

/** How many of the samples `measure` would count. */
export function countRequests(samples: readonly ProbeSample[]): number {
  return samples.reduce((sum, one) => (one.outcome === 'aborted' ? sum : sum + 1), 0);
}

/** Samples that ended after `from`; `samples` are ordered by their end. */
export function endedAfter(samples: readonly ProbeSample[], from: EpochMs): readonly ProbeSample[] {
  let first = samples.length;
  while (first > 0 && (samples[first - 1]?.endedAt ?? 0) > from) first -= 1;
  return samples.slice(first);
}
