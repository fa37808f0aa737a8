import type { EpochMs } from '#facts';
import { AppError } from '#platform';
import type { Roster } from '../schedule/roster.ts';
import { type Shift, shiftsBetween } from '../schedule/shifts-between.ts';
import { checkChange } from './check-change.ts';
import type { ChangeDraft } from './on-call-change.ts';
import type { Team } from './team.ts';

/** Two shifts of a layer, each named by an instant in it. */
export interface Swap {
  readonly schedule: string;
  /** Null: the schedule's first layer. */
  readonly layer: string | null;
  readonly one: EpochMs;
  readonly other: EpochMs;
  readonly note: string | null;
}

/** Longest that a shift is looked for around its instant. */
const widthMs = 60 * 86_400_000;

/** The two overrides by which two people take each other's shifts, from now on where one has begun. Throws AppError. */
export function swapShifts(team: Team, swap: Swap, now: EpochMs): readonly ChangeDraft[] {
  const roster = team.rosters.get(swap.schedule);
  if (roster === undefined)
    throw new AppError(
      'invalid',
      `schedule: ${swap.schedule}; expected one of ${[...team.rosters.keys()].join(', ') || '(there are none)'}`,
    );
  const layer = swap.layer ?? roster.schedule.layers[0]?.id ?? '';
  const one = shiftAt(roster, layer, { at: swap.one, place: 'one' });
  const other = shiftAt(roster, layer, { at: swap.other, place: 'other' });
  if (one.person === other.person)
    throw new AppError(
      'invalid',
      `other: ${iso(swap.other)}; expected a shift of somebody else than ${one.person}`,
    );
  const drafts = [take(one, other.person), take(other, one.person)];
  for (const draft of drafts) checkChange(team, draft, now);
  return drafts;

  function take(shift: Shift, person: string): ChangeDraft {
    const from = Math.max(shift.from, now);
    return { kind: 'override', schedule: swap.schedule, layer, person, from, to: shift.to, note: swap.note };
  }
}

function shiftAt(
  roster: Roster,
  layer: string,
  { at, place }: { readonly at: EpochMs; readonly place: string },
): Shift {
  const found = shiftsBetween(roster, at - widthMs, at + widthMs).find(
    (one) => one.layer === layer && one.from <= at && at < one.to,
  );
  if (found !== undefined) return found;
  throw new AppError(
    'invalid',
    `${place}: ${iso(at)}; expected an instant at which layer "${layer}" has a shift`,
  );
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
