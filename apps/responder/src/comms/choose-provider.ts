import type { EpochMs } from '#facts';
import { askCircuit, type Circuit, letsFirstThrough } from './circuit.ts';

/** A provider that an attempt could go to, and what is known of its server. */
export interface Candidate {
  readonly circuit: Circuit;
  /** For how long it has still asked to be left alone. */
  readonly restMs: number;
}

export type Choice<One> =
  | { readonly chosen: One; readonly isProbe: boolean }
  | { readonly waitMs: number; readonly because: 'it failed again and again' | 'it asked for a rest' };

/** While others of its kind find out. */
const nextTryMs = 1000;

/**
 * Where an attempt goes: to the first in turn that works and has not asked for a rest. When all are left out, a first attempt goes to the
 * first in turn all the same, unless others are just trying that one.
 */
export function chooseProvider<One extends Candidate>(
  inTurn: readonly One[],
  isFirst: boolean,
  now: EpochMs,
): Choice<One> {
  const rested = inTurn.filter((one) => one.restMs === 0);
  for (const one of rested) {
    const answer = askCircuit(one.circuit, now);
    if (typeof answer === 'string') return { chosen: one, isProbe: answer === 'probe' };
  }
  const insisted = isFirst ? rested.find(({ circuit }) => letsFirstThrough(circuit, now)) : undefined;
  if (insisted !== undefined) return { chosen: insisted, isProbe: true };
  const waitMs = Math.min(...inTurn.map((one) => waitOf(one, isFirst, now)));
  const because = rested.length > 0 ? 'it failed again and again' : 'it asked for a rest';
  return { waitMs, because };
}

function waitOf({ circuit, restMs }: Candidate, isFirst: boolean, now: EpochMs): number {
  const answer = askCircuit(circuit, now);
  if (typeof answer === 'string') return restMs;
  return Math.max(restMs, isFirst ? nextTryMs : answer.waitMs);
}
