import type { OnCallFeed } from '@tocsin/contract';
import {
  createFeed,
  type Feed,
  feedCalendar,
  type FeedSubject,
  findFeed,
  listFeeds,
  revokeFeed,
  type Team,
} from '#oncall';
import { AppError } from '#platform';
import { actorOf } from '../caller.ts';
import { found, type Handlers } from '../handler.ts';
import { hashToken, newToken } from '../hash-token.ts';
import { iso } from '../views/iso.ts';
import { actorView } from '../views/names.ts';

export const feedHandlers = {
  listFeeds: async ({ ports }) => (await listFeeds(ports.database, ports.service.id)).map(feedView),

  createFeed: async ({ ports, options }, { body, caller }) => {
    expectSubject(ports.team.current(), body);
    const token = newToken('tocsin_cal');
    const entry = { ...body, tokenHash: hashToken(token), by: actorOf(caller) };
    const feed = await createFeed(ports.database, ports.service.id, entry);
    return {
      ...feedView(feed),
      url: `${options.publicUrl.replace(/\/$/, '')}/api/oncall/calendars/${token}`,
    };
  },

  revokeFeed: async ({ ports }, { params, caller }) => {
    const feed = await revokeFeed(ports.database, ports.service.id, params.id, actorOf(caller));
    return feedView(found(feed, 'calendar', params.id));
  },

  calendar: async ({ ports }, { params, now, reply }) => {
    const feed = await findFeed(ports.database, ports.service.id, hashToken(params.token));
    const text = feed === null ? null : feedCalendar(ports.team, feed, now);
    // The same answer for a link that never was, and one that was revoked.
    if (text === null)
      throw new AppError(
        'not-found',
        'calendar: no link with this token holds; expected one that was not revoked',
      );
    reply.type('text/calendar; charset=utf-8');
    return text;
  },
} satisfies Partial<Handlers>;

function expectSubject(team: Team, { kind, subject }: FeedSubject): void {
  const known = kind === 'schedule' ? [...team.rosters.keys()] : team.people.map((one) => one.id);
  if (!known.includes(subject))
    throw new AppError(
      'invalid',
      `body.subject: ${subject}; expected one of ${known.join(', ') || '(there are none)'}`,
    );
}

function feedView({ id, kind, subject, createdAt, createdBy }: Feed): OnCallFeed {
  return { id, kind, subject, createdAt: iso(createdAt), createdBy: actorView(createdBy) };
}
