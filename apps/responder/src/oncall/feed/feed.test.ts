import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { Person } from '../on-call-view.ts';
import { createTeam, type Team } from '../team/team.ts';
import { feedEvents, type FeedSubject } from './feed-events.ts';
import { writeCalendar } from './write-calendar.ts';

const person = (id: string, name = id): Person => ({
  id,
  name,
  role: 'approver',
  contacts: [{ channel: 'inbox' }],
  drill: false,
});
const awkward =
  'Ädä "The Night", of; the\\moon 🌙 and a name so long that its line has to be folded somewhere in the middle of it';
const team: Team = createTeam({
  people: [person('ada', awkward), person('ben'), person('idle')],
  schedules: [
    {
      id: 'platform',
      name: 'Platform',
      zone: 'Europe/Berlin',
      layers: [
        { id: 'main', people: ['ada', 'ben'], every: '4 weeks', start: '2026-01-05T09:00', whenAway: 'next' },
        {
          id: 'day',
          people: ['ben'],
          every: 'weekly',
          start: '2026-01-05T09:00',
          whenAway: 'next',
          hours: [{ from: '09:00', to: '17:00' }],
        },
      ],
    },
  ],
  onCall: { 1: ['platform'] },
  overrides: [{ schedule: 'platform', person: 'ben', from: '2026-03-01T00:00Z', to: '2026-03-02T00:00Z' }],
});
const now = Date.parse('2026-02-20T12:00Z');
const dayMs = 86_400_000;
const schedule: FeedSubject = { kind: 'schedule', subject: 'platform' };

function calendarOf(of: FeedSubject, at = now): string {
  return writeCalendar('On call', feedEvents(team, of, at) ?? [], { changedAt: 1_767_600_000_000, now: at });
}

const uidsAt = (ms: number) => (feedEvents(team, schedule, ms) ?? []).map((one) => one.uid);

const runningAt = (ms: number) =>
  (feedEvents(team, { kind: 'person', subject: 'ada' }, ms) ?? []).filter(
    (one) => one.from <= ms && ms < one.to,
  );

function parse(text: string): InstanceType<typeof ICAL.Component>[] {
  return new ICAL.Component(
    ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0],
  ).getAllSubcomponents('vevent');
}

describe('a calendar feed', () => {
  test('is understood by another parser, event by event', () => {
    const events = feedEvents(team, schedule, now) ?? [];
    const seen = parse(calendarOf(schedule)).map((one) => {
      const event = new ICAL.Event(one);
      return [
        event.uid,
        event.summary,
        event.startDate.toJSDate().getTime(),
        event.endDate.toJSDate().getTime(),
      ];
    });
    expect(seen).toEqual(events.map((one) => [one.uid, one.summary, one.from, one.to]));
    expect(events.length).toBeGreaterThan(90);
    expect(seen.some(([, summary]) => String(summary).startsWith(`${awkward} on call`))).toBe(true);
  });

  test('keeps to the format: CRLF, lines of at most 75 octets, whole characters, UTC, a DTSTAMP for every event', () => {
    const text = calendarOf(schedule);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    const lines = text.split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text).not.toContain('\uFFFD');
    expect(lines.some((line) => line.startsWith(' '))).toBe(true);
    const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
    const events = count(/^BEGIN:VEVENT$/);
    for (const pattern of [
      /^DTSTAMP:\d{8}T\d{6}Z$/,
      /^DTSTART:\d{8}T\d{6}Z$/,
      /^DTEND:\d{8}T\d{6}Z$/,
      /^UID:/,
    ])
      expect(count(pattern)).toBe(events);
  });

  test('gives an event the same uid whenever it is read, and no uid twice', () => {
    expect(new Set(uidsAt(now)).size).toBe(uidsAt(now).length);
    expect(uidsAt(now + 30_000)).toEqual(uidsAt(now));
    const atNight = Date.parse('2026-03-10T22:00Z');
    expect(runningAt(atNight).map((one) => one.uid)).toEqual(
      runningAt(atNight + 3_600_000).map((one) => one.uid),
    );
    expect(runningAt(atNight).length).toBe(1);
  });

  test('of a person holds their shifts of all schedules, and no others', () => {
    const summaries = (feedEvents(team, { kind: 'person', subject: 'ben' }, now) ?? []).map(
      (one) => one.summary,
    );
    expect(new Set(summaries)).toEqual(new Set(['ben on call: Platform', 'ben next in line: Platform']));
  });

  test('shows a gap as an entry', () => {
    const away = [
      { person: 'ada', from: '2026-03-03T00:00Z', to: '2026-03-04T00:00Z' },
      { person: 'ben', from: '2026-03-03T00:00Z', to: '2026-03-04T00:00Z' },
    ];
    const roster = team.rosters.get('platform');
    const gappy = createTeam({
      people: team.people,
      onCall: {},
      schedules: roster === undefined ? [] : [roster.schedule],
      away,
    });
    const gaps = (feedEvents(gappy, schedule, now) ?? []).filter(
      (one) => one.summary === 'NOBODY on call: Platform',
    );
    expect(gaps.map((one) => [one.from, one.to])).toEqual([
      [Date.parse('2026-03-03T00:00Z'), Date.parse('2026-03-04T00:00Z')],
    ]);
  });

  test('shows a layer that has nobody by itself, and is read also where one cannot be', () => {
    const layers = [
      { id: 'day', people: ['ada'], every: 'daily', start: '2026-01-05T09:00Z', whenAway: 'gap' as const },
      { id: 'all', people: ['ben'], every: 'daily', start: '2026-01-05T09:00', whenAway: 'gap' as const },
    ];
    const schedules = [{ id: 'platform', name: 'Platform', zone: 'UTC', layers }];
    const events =
      feedEvents(createTeam({ people: team.people, onCall: {}, schedules }), schedule, now) ?? [];
    const gaps = events.filter((one) => one.uid.includes('.gap.'));
    expect(gaps.map((one) => one.summary)).toEqual(['NOBODY on call in layer day: Platform']);
    expect(gaps[0]?.description).toContain('layer day cannot be read: start 2026-01-05T09:00Z');
    expect(events.filter((one) => one.summary === 'ben on call: Platform').length).toBeGreaterThan(90);
  });

  test('without a shift is a calendar still', () => {
    expect(
      parse(calendarOf({ kind: 'person', subject: 'idle' })).map((one) => new ICAL.Event(one).summary),
    ).toEqual(['On call: no shift is planned']);
    expect(feedEvents(team, { kind: 'person', subject: 'eve' }, now)).toBeNull();
    expect(feedEvents(team, { kind: 'schedule', subject: 'x' }, now + dayMs)).toBeNull();
  });
});
