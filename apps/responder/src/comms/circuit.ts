import type { EpochMs } from '#facts';

/**
 * Whether a provider is tried. closed: it is; failures in a row -> open: it is not, until a time -> half-open: one attempt probes it;
 * a success -> closed, a failure -> open for twice as long.
 */
export interface Circuit {
  /** Failures in a row. */
  readonly failures: number;
  /** Null when closed. */
  readonly openUntil: EpochMs | null;
  /** How long it was opened last. */
  readonly openMs: number;
  /** When a probe was let through that has not ended yet. */
  readonly probedAt: EpochMs | null;
}

export const closedCircuit: Circuit = { failures: 0, openUntil: null, openMs: 0, probedAt: null };

const failuresToOpen = 3;
const firstOpenMs = 15_000;
const longestOpenMs = 120_000;
/** A probe that never ended, because its process was stopped, is forgotten. */
const longestProbeMs = 10_000;

/** `closed` and `probe` let an attempt through; otherwise when to come again. */
export function askCircuit(circuit: Circuit, now: EpochMs): 'closed' | 'probe' | { readonly waitMs: number } {
  const { openUntil, probedAt } = circuit;
  if (openUntil === null) return 'closed';
  if (now < openUntil) return { waitMs: openUntil - now };
  if (probedAt !== null && now < probedAt + longestProbeMs)
    return { waitMs: probedAt + longestProbeMs - now };
  return 'probe';
}

/** The circuit while its probe is on the way. */
export function withProbe(circuit: Circuit, now: EpochMs): Circuit {
  return { ...circuit, probedAt: now };
}

/** The circuit after an attempt. A refusal for good is a success of the provider: it answered. */
export function afterAttempt(circuit: Circuit, worked: boolean, now: EpochMs): Circuit {
  if (worked) return closedCircuit;
  const failures = circuit.failures + 1;
  // Attempts that began before it opened end later: they open it no further.
  if (circuit.openUntil !== null && circuit.probedAt === null) return { ...circuit, failures };
  if (failures < failuresToOpen) return { ...circuit, failures };
  const openMs = circuit.openMs === 0 ? firstOpenMs : Math.min(longestOpenMs, circuit.openMs * 2);
  return { failures, openMs, openUntil: now + openMs, probedAt: null };
}
