import type { EpochMs } from '#facts';

/** The newest synthetic page. */
export interface SyntheticPage {
  readonly createdAt: EpochMs;
  readonly arrivedAt: EpochMs | null;
}

/** Longer than a page may take on a bad day, lease of a dead responder included. */
const longestMs = 60_000;

/** Null while pages get through; otherwise why they are believed not to. */
export function whyPagerIsIll(last: SyntheticPage | null, everyMs: number, now: EpochMs): string | null {
  if (last === null) return 'no synthetic page was ever sent';
  const ageMs = now - last.createdAt;
  if (last.arrivedAt === null && ageMs > longestMs)
    return `the synthetic page of ${Math.round(ageMs / 1000)} s ago has not arrived`;
  if (ageMs > everyMs + longestMs)
    return `no synthetic page was sent for ${Math.round(ageMs / 60_000)} minutes; expected one every ${everyMs / 60_000}`;
  return null;
}
