import type { EpochMs } from '#facts';

/**
 * Whether a server is tried. closed: it is; failures in a row -> open: it is not, until a time -> half-open: one attempt probes it;
 * a success -> closed, a failure -> open for twice as long. While it is open a few first attempts may go through all the same.
 */
export interface Circuit {
  /** Failures in a row. */
  readonly failures: number;
  /** Null when closed. */
  readonly openUntil: EpochMs | null;
  /** How long it was opened last. */
  readonly openMs: number;
  /** When each attempt began that was let through while it was open and has not ended yet. */
  readonly probes: readonly EpochMs[];
}

export const closedCircuit: Circuit = { failures: 0, openUntil: null, openMs: 0, probes: [] };

const failuresToOpen = 3;
const firstOpenMs = 15_000;
const longestOpenMs = 120_000;
/** A probe that never ended, because its process was stopped, is forgotten. */
const longestProbeMs = 10_000;
/** A server that hangs holds each of them for 4 s: few enough of the 48 that are on their way at once. */
const probesAtOnce = 4;

/** `closed` and `probe` let an attempt through; otherwise when to come again. */
export function askCircuit(circuit: Circuit, now: EpochMs): 'closed' | 'probe' | { readonly waitMs: number } {
  const { openUntil } = circuit;
  if (openUntil === null) return 'closed';
  if (now < openUntil) return { waitMs: openUntil - now };
  const probes = underWay(circuit, now);
  return probes.length === 0 ? 'probe' : { waitMs: Math.max(...probes) + longestProbeMs - now };
}

/** Whether a message's first attempt may go through although it is open: at most four attempts are then under way. */
export function letsFirstThrough(circuit: Circuit, now: EpochMs): boolean {
  return underWay(circuit, now).length < probesAtOnce;
}

/** The circuit while a probe is on the way. */
export function withProbe(circuit: Circuit, now: EpochMs): Circuit {
  return { ...circuit, probes: [...underWay(circuit, now), now] };
}

/** The circuit after an attempt that says nothing of the server. */
export function withoutProbe(circuit: Circuit, startedAt: EpochMs): Circuit {
  const ended = circuit.probes.indexOf(startedAt);
  return { ...circuit, probes: circuit.probes.filter((_, index) => index !== ended) };
}

/** The circuit after an attempt. A refusal for good is a success of the server: it answered. */
export function afterAttempt(circuit: Circuit, worked: boolean, startedAt: EpochMs): Circuit {
  if (worked) return closedCircuit;
  const { openUntil } = circuit;
  const failures = circuit.failures + 1;
  const left = withoutProbe(circuit, startedAt);
  const wasProbe = left.probes.length < circuit.probes.length;
  // Attempts that began before it opened, and first attempts that did not wait, open it no further.
  if (openUntil !== null && (!wasProbe || startedAt < openUntil)) return { ...left, failures };
  if (failures < failuresToOpen) return { ...left, failures };
  const openMs = circuit.openMs === 0 ? firstOpenMs : Math.min(longestOpenMs, circuit.openMs * 2);
  return { ...left, failures, openMs, openUntil: startedAt + openMs };
}

function underWay({ probes }: Circuit, now: EpochMs): readonly EpochMs[] {
  return probes.filter((at) => now < at + longestProbeMs);
}
