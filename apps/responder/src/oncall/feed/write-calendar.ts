import ical, { ICalEventTransparency } from 'ical-generator';
import type { EpochMs } from '#facts';
import type { FeedEvent } from './feed-events.ts';

const hourS = 3600;
const dayMs = 86_400_000;

/** A calendar as RFC 5545 wants it. `changedAt` is when the team last changed: the same team gives the same text. */
export function writeCalendar(
  name: string,
  events: readonly FeedEvent[],
  { changedAt, now }: { readonly changedAt: EpochMs; readonly now: EpochMs },
): string {
  const calendar = ical({
    name,
    prodId: { company: 'Tocsin', product: 'On-call', language: 'EN' },
    ttl: hourS,
  });
  // A calendar without any entry is none.
  const shown = events.length > 0 ? events : [nothing(name, now)];
  for (const { uid, from, to, summary, description } of shown)
    calendar.createEvent({
      id: uid,
      stamp: new Date(changedAt),
      start: new Date(from),
      end: new Date(to),
      summary,
      description,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return `${calendar.toString().trimEnd()}\r\n`;
}

function nothing(name: string, now: EpochMs): FeedEvent {
  const from = Math.floor(now / dayMs) * dayMs;
  return {
    uid: `nothing.${from}@tocsin`,
    from,
    to: from + dayMs,
    summary: `${name}: no shift is planned`,
    description: 'Nothing within 90 days.',
  };
}
