import { describe, expect, test } from 'vitest';
import { plan } from '../../../test/runbook.ts';
import type { Person } from '../on-call-view.ts';
import { createTeam, type TeamConfig } from '../team/team.ts';
import { decideReadiness } from './decide-readiness.ts';
import type { ReadinessFacts } from './readiness-facts.ts';
import { readinessPlan } from './readiness-plan.ts';
import { sayReadiness } from './start-readiness.ts';

function person(id: string, more: Partial<Person> = {}): Person {
  const contacts = [{ channel: 'email', address: `${id}@example.org` }, { channel: 'inbox' }] as const;
  return { id, name: id, role: 'approver', contacts, drill: false, ...more };
}

const mute = { contacts: [{ channel: 'inbox' }] } as const;
const everyLevel = Object.fromEntries(
  [...plan.escalation.map((_, index) => String(index + 1)), ...plan.roles.map((one) => one.id)].map((key) => [
    key,
    ['ada'],
  ]),
);
const ready: TeamConfig = { people: [person('ada'), person('ben')], onCall: everyLevel, smtp: {} };
/** Everybody has proven their mail, and every provider answers. */
const proven: ReadinessFacts = {
  contacts: new Map(
    ['ada', 'ben'].map((id) => [id, [{ contact: `email:${id}@example.org`, verified: true }]]),
  ),
  channels: [{ name: 'email', state: 'alive', reason: null }],
};
const now = Date.parse('2026-03-28T12:00Z');

const away = (day: string) => [{ person: 'ada', from: `${day}T00:00Z`, to: `${day}T12:00Z` }];

describe('decideReadiness', () => {
  test('finds nothing where everybody on call can be woken', () => {
    expect(decideReadiness(createTeam(ready), plan, proven, now)).toEqual([]);
  });

  test('names who is on call with the inbox alone; who is not on call does not matter, nor who plays in drills', () => {
    const people = [person('ada', mute), person('ben', mute), person('player', { ...mute, drill: true })];
    const team = createTeam({ ...ready, people, onCall: { ...everyLevel, 'security-engineer': ['player'] } });
    expect(decideReadiness(team, plan, proven, now)).toEqual([
      {
        kind: 'cannot-be-woken',
        text: 'ada (ada) has no way to be woken: expected a contact method beside the inbox',
      },
    ]);
  });

  test('names who has verified none of their ways, and how to; one verified is enough, and drill people are left out', () => {
    const sms = { channel: 'sms', address: '+4915112345678' } as const;
    const people = [
      person('ada', { contacts: [sms, { channel: 'email', address: 'ada@example.org' }] }),
      person('ben', { contacts: [sms, { channel: 'inbox' }] }),
      person('player', { drill: true }),
    ];
    const onCall = { ...everyLevel, 1: ['ada', 'ben', 'player'] };
    const facts = {
      ...proven,
      contacts: new Map([
        ['ada', [{ contact: 'email:ada@example.org', verified: true }]],
        [
          'ben',
          [
            { contact: 'sms:+4915112345678', verified: false },
            { contact: 'inbox', verified: true },
            // Of a number that they no longer have.
            { contact: 'sms:+491511', verified: true },
          ],
        ],
      ]),
    };
    expect(decideReadiness(createTeam({ ...ready, people, onCall }), plan, facts, now)).toEqual([
      {
        kind: 'unverified',
        text: 'ben (ben) has verified no way to be woken (sms): expected one, by tocsin contact code',
      },
    ]);
  });

  test('names every dead channel with the reason, and none that could not be asked', () => {
    const channels = [
      { name: 'sms', state: 'alive', reason: null },
      { name: 'sms-2', state: 'dead', reason: 'HTTP 401: Authenticate (Twilio 20003)' },
      { name: 'teams', state: 'not-checked', reason: 'only sending to it would show whether it works' },
    ] as const;
    expect(decideReadiness(createTeam(ready), plan, { ...proven, channels }, now)).toEqual([
      {
        kind: 'channel-dead',
        text: 'channel sms-2 is dead: HTTP 401: Authenticate (Twilio 20003); expected a provider that answers and takes our credentials',
      },
    ]);
  });

  test('says the gravest first: a long list in a message is cut', () => {
    const people = [person('ada'), person('ben', mute), person('cleo')];
    const onCall = { ...everyLevel, 2: ['ben'], 3: ['cleo'] };
    const channels = [{ name: 'email', state: 'dead', reason: 'ECONNREFUSED' }] as const;
    const team = createTeam({ ...ready, people, onCall, away: away('2026-04-05') });
    const kinds = decideReadiness(team, plan, { ...proven, channels }, now).map((one) => one.kind);
    expect([...new Set(kinds)]).toEqual(['channel-dead', 'cannot-be-woken', 'gap', 'unverified']);
  });

  test('looks at everybody of a rotation, and at who overrides', () => {
    const layers = [
      { id: 'main', people: ['ada'], every: 'weekly', start: '2026-01-05T09:00', whenAway: 'next' as const },
    ];
    const overrides = [{ schedule: 's', person: 'ben', from: '2026-04-01T00:00Z', to: '2026-04-02T00:00Z' }];
    const schedules = [{ id: 's', zone: 'UTC', layers }];
    const people = [person('ada'), person('ben', mute)];
    const team = createTeam({ ...ready, people, schedules, overrides, onCall: { ...everyLevel, 1: ['s'] } });
    expect(decideReadiness(team, plan, proven, now).map((one) => one.text.split(' ')[0])).toEqual(['ben']);
  });

  test('names a gap of the next 14 days with its span, and none behind them', () => {
    const team = createTeam({ ...ready, onCall: { ...everyLevel, 1: ['ada'] }, away: away('2026-04-05') });
    const [first] = decideReadiness(team, plan, proven, now);
    expect(first?.kind).toBe('gap');
    expect(first?.text).toContain('from 2026-04-05T00:00:00.000Z to 2026-04-05T12:00:00.000Z: ada is away');
    expect(decideReadiness(createTeam({ ...ready, away: away('2026-04-15') }), plan, proven, now)).toEqual(
      [],
    );
  });

  test('names somebody outside whose level the document does not have', () => {
    const external = [
      { id: 'cloud', name: 'Cloud', level: 9, phone: '+49 30 1234567', send: false },
      { id: 'power', name: 'Power', level: 1, phone: '+49 30 1234567', send: false },
    ];
    expect(decideReadiness(createTeam({ ...ready, external }), plan, proven, now)).toEqual([
      {
        kind: 'never-called',
        text: "external contact cloud: level 9 is never reached; expected one of the document's, 1 to 4",
      },
    ]);
  });

  test('says it in words that nobody takes for an incident', () => {
    const { subject, text } = sayReadiness([{ kind: 'gap', text: 'nobody is on call: x' }]);
    expect(subject).toBe('On-call is not ready: 1 thing to mend');
    expect(text).toMatch(/^No incident.*\n- nobody is on call: x\n/);
  });
});

describe('readinessPlan', () => {
  const berlin = { owner: 'ben', at: '09:00', zone: 'Europe/Berlin' };

  test('is the owner’s next morning by their own clock, also over a change of the clocks', () => {
    const team = createTeam({ ...ready, readiness: berlin });
    const first = readinessPlan(team, now);
    expect(first).toEqual({ owner: 'ben', at: Date.parse('2026-03-29T07:00Z') });
    expect(readinessPlan(team, first.at).at).toBe(Date.parse('2026-03-30T07:00Z'));
    expect(readinessPlan(team, first.at - 1).at).toBe(first.at);
  });

  test('without an owner it is the first admin, else the first approver', () => {
    expect(readinessPlan(createTeam(ready), now)).toEqual({
      owner: 'ada',
      at: Date.parse('2026-03-29T09:00Z'),
    });
    const people = [person('ada'), person('root', { role: 'admin' })];
    expect(readinessPlan(createTeam({ ...ready, people }), now).owner).toBe('root');
    const drill = [person('ada', { drill: true })];
    expect(readinessPlan(createTeam({ ...ready, people: drill }), now).owner).toBeNull();
  });
});
