import type { EpochMs } from '#facts';

/** A time for which a server asked to be left alone (`Retry-After`). */
export interface AskedRest {
  readonly since: EpochMs;
  readonly until: EpochMs;
}

/** A page that nobody has been asked to take believes it for no longer. */
const longestForFirstMs = 60_000;

/** What is left of it, milliseconds; 0: it is over, or was never asked for. */
export function restLeftMs(rest: AskedRest | undefined, now: EpochMs, isFirst: boolean): number {
  if (rest === undefined) return 0;
  const until = isFirst ? Math.min(rest.until, rest.since + longestForFirstMs) : rest.until;
  return Math.max(0, until - now);
}
