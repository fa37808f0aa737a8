import { type TeamDocument, teamDocument } from '@tocsin/contract';
import { afterAll, describe, expect, test } from 'vitest';
import { createLogger } from '#platform';
import { testDatabase } from '../../test/database.ts';
import {
  type LiveTeam,
  openTeam,
  type Person,
  readinessPlan,
  type TeamConfig,
  watchAhead,
  whoIsOnCall,
} from './index.ts';
import { plan } from '../../test/runbook.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const opened: LiveTeam[] = [];
afterAll(() => Promise.all(opened.map((one) => one.close())));

function person(id: string, role: Person['role'] = 'approver'): Person {
  return { id, name: id.toUpperCase(), role, contacts: [{ channel: 'inbox' }], drill: false };
}

const start: TeamConfig = { people: ['ada', 'ben', 'cleo'].map((id) => person(id)), onCall: { 1: ['ada'] } };
const ada = { kind: 'user', id: 'ada', name: 'Ada' } as const;

async function open(serviceId: string): Promise<LiveTeam> {
  const team = await openTeam({ db, serviceId, start, log });
  opened.push(team);
  return team;
}

function document(more: Partial<TeamDocument> = {}): TeamDocument {
  return teamDocument.parse({
    people: start.people,
    schedules: [
      {
        id: 'platform',
        zone: 'UTC',
        layers: [{ id: 'main', people: ['ada', 'ben', 'cleo'], every: 'daily', start: '2026-01-01T09:00' }],
      },
    ],
    onCall: { 1: ['platform'] },
    ...more,
  });
}

const called = (team: LiveTeam, at: number): string | undefined =>
  whoIsOnCall(team.current(), plan, at).levels[0]?.persons[0]?.id;

const dayMs = 86_400_000;
const at = Date.now() + 3 * dayMs;
const iso = (ms: number): string => new Date(ms).toISOString();

describe('the team in use', () => {
  test('is the configuration’s, until one is applied; every responder follows at once, and a restart finds it', async () => {
    const [one, other] = [await open('s1'), await open('s1')];
    expect([one.state().inUse.version, called(one, at)]).toEqual([0, 'ada']);
    const state = await one.apply(document(), 0, ada);
    expect(state.inUse).toMatchObject({ version: 1, takenBy: ada });
    expect(state.inUse.changes.join('\n')).toContain('on call for 1: people [ada] -> [platform]');
    await expect.poll(() => other.state().inUse.version).toBe(1);
    const expected = [0, 1, 2].map((days) => called(one, at + days * dayMs));
    expect(new Set(expected)).toEqual(new Set(['ada', 'ben', 'cleo']));
    expect([0, 1, 2].map((days) => called(other, at + days * dayMs))).toEqual(expected);
    const later = await open('s1');
    expect(later.state().inUse.document).toEqual(document());
    expect(await open('s2').then((team) => team.state().inUse.version)).toBe(0);
  });

  test('one that an older release took and nobody can read in full is in use with a gap, and can be mended', async () => {
    const { schedules, ...rest } = document({ readiness: { owner: 'ada', at: '09:00', zone: 'UTC' } });
    const [schedule] = schedules;
    const stored = {
      ...rest,
      schedules: [
        { ...schedule, layers: [{ ...schedule?.layers[0], start: '2026-01-01T09:00Z' }] },
        { ...schedule, id: 'moon', zone: 'Moon/Base' },
      ],
      onCall: { 1: ['platform', 'moon', 'cleo'] },
      readiness: { owner: 'ada', at: '09:00', zone: 'Moon/Base' },
    };
    await db.query(
      `insert into team_versions (service_id, version, team, changes, taken_at, taken_by) values ('unreadable', 1, $1, '[]', clock_timestamp(), $2)`,
      [JSON.stringify(stored), JSON.stringify(ada)],
    );
    const team = await open('unreadable');
    expect(team.state().inUse.document).toEqual(stored);
    const [level] = whoIsOnCall(team.current(), plan, at).levels;
    expect(level?.persons.map((one) => one.id)).toEqual(['cleo']);
    expect(level?.gap).toMatch(/schedule platform: layer main cannot be read: start 2026-01-01T09:00Z/);
    expect(level?.gap).toMatch(/schedule moon: layer main cannot be read: .*zone Moon\/Base/);
    expect(watchAhead(team.current(), plan, at, at + dayMs).slice(0, 2)).toMatchObject([
      { kind: 'gap', where: 'schedule platform', from: at, to: at + dayMs },
      { kind: 'gap', where: 'schedule moon', from: at, to: at + dayMs },
    ]);
    expect(readinessPlan(team.current(), at)).toMatchObject({ owner: 'ada' });
    expect((await team.apply(document(), 1, ada)).inUse.version).toBe(2);
    expect(called(team, at)).toBeDefined();
  });

  test('a team that was made from an older version overwrites nothing', async () => {
    const team = await open('s3');
    await team.apply(document(), 0, ada);
    await expect(team.apply(document({ onCall: { 1: ['ben'] } }), 0, ada)).rejects.toMatchObject({
      code: 'conflict',
      message: 'team: version 1 is in use, applied since version 0 was read; expected a change to version 1',
    });
    const both = await Promise.allSettled([
      team.apply(document({ onCall: { 1: ['ben'] } }), 1, ada),
      team.apply(document({ onCall: { 1: ['cleo'] } }), 1, ada),
    ]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await team.versions()).map((one) => one.version)).toEqual([2, 1]);
  });

  test('the same team again is no version', async () => {
    const team = await open('s4');
    await team.apply(document(), 0, ada);
    expect((await team.apply(document(), 1, ada)).inUse.version).toBe(1);
  });

  test('nobody makes anybody stronger than they are', async () => {
    const team = await open('s5');
    const people = [...document().people, { ...document().people[0], id: 'eve', role: 'admin' as const }];
    const raised = teamDocument.parse({ ...document(), people });
    await expect(team.apply(raised, 0, ada)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining(
        'people.3.role: "admin"; expected somebody with at least the role admin',
      ),
    });
    expect(team.state().inUse.version).toBe(0);
  });
});

describe('what people change beside the document', () => {
  test('overrides and absences count at once, outlive a new version, and can be taken back', async () => {
    const team = await open('s6');
    await team.apply(document(), 0, ada);
    const before = called(team, at) ?? '';
    const stand = ['ada', 'ben', 'cleo'].find((id) => id !== before) ?? '';
    const span = { from: at - dayMs, to: at + dayMs, note: null };
    await team.change({ kind: 'override', schedule: 'platform', layer: null, person: stand, ...span }, ada);
    expect(called(team, at)).toBe(stand);
    await team.apply(document({ onCall: { 1: ['platform'], 2: ['ben'] } }), 1, ada);
    expect(called(team, at)).toBe(stand);
    await team.change({ kind: 'away', schedule: null, layer: null, person: stand, ...span }, ada);
    expect(called(team, at)).toBe(before);
    const absence = team.state().changes.find((one) => one.kind === 'away');
    await team.endChange(absence?.id ?? '', ada);
    expect(called(team, at)).toBe(stand);
    await expect(team.endChange(absence?.id ?? '', ada)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('two people swap shifts', async () => {
    const team = await open('s7');
    await team.apply(document(), 0, ada);
    const [one, other] = [called(team, at), called(team, at + dayMs)];
    await team.swap({ schedule: 'platform', layer: null, one: at, other: at + dayMs, note: null }, ada);
    expect([called(team, at), called(team, at + dayMs)]).toEqual([other, one]);
    const own = { schedule: 'platform', layer: null, one: at, other: at + 4 * dayMs, note: null };
    await expect(team.swap(own, ada)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(`expected a shift of somebody else than ${other ?? ''}`),
    });
  });

  test.each([
    ['somebody unknown', { person: 'eve' }, 'person: eve; expected one of ada, ben, cleo'],
    ['a schedule unknown', { schedule: 'nights' }, 'schedule: nights; expected one of platform'],
    ['a layer unknown', { layer: 'x' }, 'layer: x; expected one of main'],
    [
      'an end before the start',
      { to: at - 9 * dayMs, from: at },
      `to: ${iso(at - 9 * dayMs)}; expected an instant after ${iso(at)}`,
    ],
  ])('refuses %s with place, value and what was expected', async (_name, wrong, message) => {
    const team = await open('s8');
    if (team.state().inUse.version === 0) await team.apply(document(), 0, ada);
    const draft = {
      kind: 'override',
      schedule: 'platform',
      layer: null,
      person: 'ben',
      from: at,
      to: at + dayMs,
      note: null,
    };
    await expect(
      team.change({ ...draft, ...wrong } as Parameters<LiveTeam['change']>[0], ada),
    ).rejects.toMatchObject({
      code: 'invalid',
      message,
    });
  });
});

test('a notice that is lost is made up for: the rows are looked at again', async () => {
  const one = await open('s9');
  await db.query(
    `insert into team_versions (service_id, version, team, changes, taken_at, taken_by)
     values ('s9', 1, $1, '[]', clock_timestamp(), '{"kind":"system","id":"test"}')`,
    [JSON.stringify(document())],
  );
  await expect.poll(() => one.state().inUse.version).toBe(1);
});
