import type { EpochMs } from '#facts';
import type { LiveTeam } from '../team/open-team.ts';
import { feedEvents, type FeedSubject } from './feed-events.ts';
import { writeCalendar } from './write-calendar.ts';

/** The calendar of a schedule or a person as text; null when the team does not have them any more. */
export function feedCalendar(
  team: Pick<LiveTeam, 'current' | 'state'>,
  of: FeedSubject,
  now: EpochMs,
): string | null {
  const events = feedEvents(team.current(), of, now);
  if (events === null) return null;
  const { inUse, changes } = team.state();
  const ends = changes.flatMap((one) => [one.createdAt, one.endedAt ?? one.createdAt]);
  const changedAt = Math.max(inUse.takenAt ?? 0, ...ends);
  return writeCalendar(`On call: ${of.subject}`, events, {
    changedAt: changedAt === 0 ? now : changedAt,
    now,
  });
}
