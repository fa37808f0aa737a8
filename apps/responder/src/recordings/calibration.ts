import type { Claim } from './score-replay.ts';

/** How often statements of a confidence turned out right. */
export interface CalibrationRow {
  readonly from: number;
  readonly said: number;
  readonly right: number;
}

const bounds = [0.9, 0.8, 0.7, 0.6, 0.5] as const;

/** Of those said with at least so much confidence (and less than the row above), how many were right. Pure. */
export function calibrate(claims: readonly Claim[]): readonly CalibrationRow[] {
  return bounds.map((from, i) => {
    const below = bounds[i - 1] ?? Infinity;
    const here = claims.filter((one) => one.confidence >= from && one.confidence < below);
    return { from, said: here.length, right: here.filter((one) => one.right).length };
  });
}
