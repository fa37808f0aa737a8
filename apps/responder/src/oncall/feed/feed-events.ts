import type { EpochMs } from '#facts';
import { findWarnings } from '../schedule/find-warnings.ts';
import type { Roster } from '../schedule/roster.ts';
import { type Shift, shiftsBetween } from '../schedule/shifts-between.ts';
import { turnAt, turnBegin } from '../schedule/turns.ts';
import { unlessUnreadable } from '../schedule/unless-unreadable.ts';
import type { Team } from '../team/team.ts';

/** Whose calendar: everybody's of a schedule, or one person's of all schedules. */
export interface FeedSubject {
  readonly kind: 'schedule' | 'person';
  readonly subject: string;
}

/** One entry of a calendar. The uid stays the same however often and whenever the calendar is read. */
export interface FeedEvent {
  readonly uid: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly summary: string;
  readonly description: string;
}

const dayMs = 86_400_000;
const backMs = 7 * dayMs;
const aheadMs = 90 * dayMs;
/** A turn that began earlier than this is shown from here on. */
const longestMs = 400 * dayMs;

/** The entries of a calendar from a week ago to 90 days ahead; null when the team has no such schedule or person. */
export function feedEvents(team: Team, of: FeedSubject, now: EpochMs): readonly FeedEvent[] | null {
  if (of.kind === 'schedule') {
    const roster = team.rosters.get(of.subject);
    return roster === undefined ? null : scheduleEvents(team, roster, now);
  }
  if (team.people.every((one) => one.id !== of.subject)) return null;
  return [...team.rosters.values()].flatMap((roster) =>
    shiftsOf(roster, now)
      .filter((one) => one.person === of.subject)
      .map((one) => shiftEvent(team, roster, one)),
  );
}

function scheduleEvents(team: Team, roster: Roster, now: EpochMs): FeedEvent[] {
  const { id } = roster.schedule;
  const gaps = findWarnings(roster, now, now + aheadMs).filter((one) => one.kind === 'gap');
  return [
    ...shiftsOf(roster, now).map((one) => shiftEvent(team, roster, one)),
    ...gaps.map(({ layer, from, to, because }) => ({
      uid: `${id}.${layer === undefined ? '' : `${layer}.`}gap.${to}@tocsin`,
      from,
      to,
      summary: `NOBODY on call${layer === undefined ? '' : ` in layer ${layer}`}: ${nameOfSchedule(roster)}`,
      description: because,
    })),
  ];
}

/** Whole shifts: one that has begun is not cut at the edge of the calendar, or its uid would change with every read. */
function shiftsOf(roster: Roster, now: EpochMs): Shift[] {
  const { schedule } = roster;
  const from = now - backMs;
  const begins = schedule.layers.map((layer) => {
    const zone = layer.zone ?? schedule.zone;
    return unlessUnreadable(
      () => {
        const turn = turnAt(layer, zone, from);
        return turn === null ? from : turnBegin(layer, zone, turn);
      },
      () => from,
    );
  });
  const first = Math.max(Math.min(...begins), now - longestMs);
  return shiftsBetween(roster, first, now + aheadMs).filter((one) => one.to > from);
}

function shiftEvent(team: Team, roster: Roster, shift: Shift): FeedEvent {
  const { from, to, layer, person, why, instead, place } = shift;
  const name = nameOf(team, person);
  const reason = instead === null ? '' : ` in the place of ${nameOf(team, instead)}`;
  const words = { turn: 'by turn', 'stand-in': 'stands in', override: 'override' } as const;
  return {
    uid: `${roster.schedule.id}.${layer}.${person}.${from}@tocsin`,
    from,
    to,
    summary: `${name} ${place === 1 ? 'on call' : 'next in line'}: ${nameOfSchedule(roster)}`,
    description: `Layer ${layer}, ${words[why]}${reason}`,
  };
}

function nameOfSchedule({ schedule }: Roster): string {
  return schedule.name ?? schedule.id;
}

function nameOf(team: Team, id: string): string {
  return team.people.find((one) => one.id === id)?.name ?? id;
}
