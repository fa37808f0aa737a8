import type { Probe } from '#store';

/** Successes or failures in a row, and the verdict they led to. */
export interface ProbeCount {
  verdict: 'unknown' | 'success' | 'failure';
  lastOk: boolean | undefined;
  inARow: number;
}

/** Before the first result. */
export const noProbeYet: ProbeCount = { verdict: 'unknown', lastOk: undefined, inARow: 0 };

/** The verdict turns only after successThreshold or failureThreshold equal results in a row (1 and 3 by default). */
export function countProbe(count: ProbeCount, ok: boolean, probe: Probe): ProbeCount {
  const inARow = count.lastOk === ok ? count.inARow + 1 : 1;
  const needed = ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
  if (inARow < needed) return { ...count, lastOk: ok, inARow };
  return { verdict: ok ? 'success' : 'failure', lastOk: ok, inARow };
}
