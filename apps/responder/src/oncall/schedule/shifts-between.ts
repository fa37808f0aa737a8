import type { EpochMs } from '#facts';
import type { LayerAnswer, Roster } from './roster.ts';
import { segmentsBetween } from './segments.ts';

/** One person on call for one layer without a break; a handover to oneself ends a shift too. */
export interface Shift {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly layer: string;
  readonly person: string;
  readonly why: 'turn' | 'stand-in' | 'override';
  /** Whose turn it would be. */
  readonly instead: string | null;
  /** 1 is called first, 2 is next in line. */
  readonly place: number;
}

interface Growing extends Shift {
  readonly turn: number | null;
}

/** Every shift of a schedule that touches the time from `from` to `to`, cut to it; by begin, then by layer. */
export function shiftsBetween(roster: Roster, from: EpochMs, to: EpochMs): Shift[] {
  const shifts: Growing[] = [];
  const open = new Map<string, number>();
  for (const segment of segmentsBetween(roster, from, to)) {
    const { layers } = segment.onCall;
    for (const [index, answer] of layers.entries()) {
      const place = layers.slice(0, index + 1).filter((one) => one.person !== null).length;
      const next = shiftOf(answer, segment, place);
      const before = open.get(answer.layer);
      open.delete(answer.layer);
      if (next === null) continue;
      const grown = before === undefined ? null : joined(shifts[before], next);
      if (before !== undefined && grown !== null) shifts[before] = grown;
      else shifts.push(next);
      open.set(answer.layer, grown === null ? shifts.length - 1 : (before ?? 0));
    }
  }
  return shifts.map(({ turn: _turn, ...shift }) => shift);
}

function shiftOf(answer: LayerAnswer, span: { from: EpochMs; to: EpochMs }, place: number): Growing | null {
  if (answer.person === null) return null;
  const { layer, person, why, instead, turn } = answer;
  return { from: span.from, to: span.to, layer, person, why, instead, place, turn };
}

function joined(before: Growing | undefined, next: Growing): Growing | null {
  if (before === undefined || before.to !== next.from) return null;
  const same =
    before.person === next.person &&
    before.why === next.why &&
    before.instead === next.instead &&
    before.place === next.place &&
    before.turn === next.turn;
  return same ? { ...before, to: next.to } : null;
}
