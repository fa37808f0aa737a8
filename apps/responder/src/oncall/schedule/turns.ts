import type { Layer } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { instantOf, isCalm, plainMs, plainMsAt } from './wall-clock.ts';

const hourMs = 3_600_000;
/** No change of the clocks is greater: a country that changes sides of the date line moves by a day. */
const greatestChangeMs = 24 * hourMs;
const unitMs = { hours: hourMs, days: 24 * hourMs, weeks: 168 * hourMs } as const;

/** Number of the turn of a layer at an instant, from 0; null before the first handover. */
export function turnAt(layer: Layer, zone: string, at: EpochMs): number | null {
  const rotation = rotationOf(layer, zone);
  const slackMs = isCalm(at, zone) ? 0 : greatestChangeMs;
  for (let number = turnsBy(rotation, at + slackMs); number >= 0; number -= 1)
    if (slackMs === 0 || rotation.handover(number) <= at) return number;
  return null;
}

/** When a turn of a layer begins. */
export function turnBegin(layer: Layer, zone: string, number: number): EpochMs {
  return rotationOf(layer, zone).handover(number);
}

/** The handovers of a layer after `from` and before `to`. */
export function handoversBetween(layer: Layer, zone: string, from: EpochMs, to: EpochMs): EpochMs[] {
  const rotation = rotationOf(layer, zone);
  const last = turnsBy(rotation, to + greatestChangeMs);
  const found: EpochMs[] = [];
  for (let number = Math.max(0, turnsBy(rotation, from - greatestChangeMs)); number <= last; number += 1) {
    const at = rotation.handover(number);
    if (at > from && at < to) found.push(at);
  }
  return found;
}

interface Rotation {
  readonly zone: string;
  /** First handover and length of a turn by a clock that never changes. */
  readonly startMs: number;
  readonly turnMs: number;
  /** Turns are counted by the clock on the wall: nine o'clock stays nine o'clock when the clocks change. */
  handover(number: number): EpochMs;
}

function rotationOf(layer: Layer, zone: string): Rotation {
  const start = Temporal.PlainDateTime.from(layer.start);
  const { count, unit } = lengthOf(layer.every);
  return {
    zone,
    startMs: plainMs(start),
    turnMs: count * unitMs[unit],
    handover: (number) => instantOf(start.add({ [unit]: count * number }), zone),
  };
}

/** Number of the turn that a clock which never changed would show at `at`; below 0 before the first. */
function turnsBy({ zone, startMs, turnMs }: Rotation, at: EpochMs): number {
  return Math.floor((plainMsAt(at, zone) - startMs) / turnMs);
}

function lengthOf(every: string): { readonly count: number; readonly unit: keyof typeof unitMs } {
  if (every === 'daily') return { count: 1, unit: 'days' };
  if (every === 'weekly') return { count: 1, unit: 'weeks' };
  const [count, word = ''] = every.split(' ');
  const unit = word.startsWith('hour') ? 'hours' : word.startsWith('day') ? 'days' : 'weeks';
  return { count: Number(count), unit };
}
