import type { EpochMs } from '#facts';

/** One measured amount. */
export interface Point {
  readonly at: EpochMs;
  readonly used: number;
}

const minPoints = 5;
const minSpanMs = 45_000;
/** How well a straight line has to fit (coefficient of determination). */
const minFit = 0.9;

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/**
 * Milliseconds until a straight line through the points reaches the limit; null when they are few, do not lie on a line, or do not
 * rise towards it. Points in any order.
 */
export function reachesInMs(points: readonly Point[], limit: number): number | null {
  const sorted = points.toSorted((a, b) => a.at - b.at);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined || sorted.length < minPoints) return null;
  if (last.at - first.at < minSpanMs || last.used >= limit) return null;
  const [meanAt, meanUsed] = [mean(sorted.map((one) => one.at)), mean(sorted.map((one) => one.used))];
  const varianceAt = mean(sorted.map((one) => (one.at - meanAt) ** 2));
  const varianceUsed = mean(sorted.map((one) => (one.used - meanUsed) ** 2));
  const covariance = mean(sorted.map((one) => (one.at - meanAt) * (one.used - meanUsed)));
  const slope = covariance / varianceAt;
  if (slope <= 0 || varianceUsed === 0) return null;
  const fit = covariance ** 2 / (varianceAt * varianceUsed);
  return fit < minFit ? null : (limit - last.used) / slope;
}
