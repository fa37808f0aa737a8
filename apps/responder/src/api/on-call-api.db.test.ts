import { type Problem, routes, type TeamView } from '@tocsin/contract';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { serveStage } from './fixtures/serve-stage.ts';

const db = await testDatabase();
const { app, tokens, close } = await serveStage(db, ['viewer', 'responder', 'primary', 'admin']);
afterAll(close);

interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly payload?: object;
  readonly headers?: Record<string, string>;
}

const as = (person: keyof typeof tokens, { method = 'GET', headers = {}, ...rest }: Ask) =>
  app.inject({ method, ...rest, headers: { authorization: `Bearer ${tokens[person]}`, ...headers } });

const hourMs = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

async function teamNow(): Promise<{ etag: string; view: TeamView }> {
  const answer = await as('admin', { url: '/api/team' });
  return { etag: String(answer.headers['etag']), view: routes.team.response.parse(answer.json()) };
}

async function withRotation() {
  const { view } = await teamNow();
  const layer = { id: 'main', people: ['primary', 'second'], every: 'daily', start: '2026-01-01T09:00' };
  return {
    ...view.team,
    schedules: [{ id: 'platform', zone: 'UTC', layers: [layer] }],
    onCall: { 1: ['platform'], 2: ['second'] },
  };
}

describe('the team', () => {
  test('is applied over the version that it was made from, is in use at once, and never blindly overwritten', async () => {
    const { etag } = await teamNow();
    expect(etag).toBe('"0"');
    const payload = await withRotation();
    const diff = await as('admin', { method: 'POST', url: '/api/team/diff', payload });
    expect(routes.diffTeam.response.parse(diff.json()).changes.map((one) => one.what)).toEqual([
      'schedule platform',
      'layer main of schedule platform',
      'on call for 1',
    ]);
    expect((await teamNow()).etag).toBe('"0"');

    const blind = await as('admin', { method: 'PUT', url: '/api/team', payload });
    expect(blind.json<Problem>().detail).toBe(
      'header if-match: (missing); expected the ETag of GET /api/team, such as "3"',
    );
    const put = { method: 'PUT', url: '/api/team', payload, headers: { 'if-match': etag } } as const;
    const applied = await as('admin', put);
    expect(applied.headers['etag']).toBe('"1"');
    const again = await as('admin', put);
    expect([again.statusCode, again.json<Problem>().code]).toEqual([409, 'conflict']);

    const now = routes.onCallNow.response.parse((await as('viewer', { url: '/api/oncall/now' })).json());
    expect(now.levels[0]?.until).not.toBeNull();
    expect(now.levels[0]?.next[0]?.id).not.toBe(now.levels[0]?.persons[0]?.id);
    const versions = await as('admin', { url: '/api/team/versions' });
    expect(routes.teamVersions.response.parse(versions.json())[0]).toMatchObject({
      version: 1,
      takenBy: { id: 'admin' },
    });
    const { rows } = await db.query(
      `select 1 from audit where action = 'applyTeam' and actor->>'id' = 'admin'`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  test('a bad one is refused with place, value and what was expected; those without the right see neither contacts nor doors', async () => {
    const payload = { ...(await withRotation()), onCall: { 1: ['eve'] } };
    const answer = await as('admin', {
      method: 'PUT',
      url: '/api/team',
      payload,
      headers: { 'if-match': '"1"' },
    });
    expect(answer.json<Problem>().issues).toEqual([
      {
        place: 'body.onCall.1.0',
        value: '"eve"',
        expected: expect.stringMatching(/^expected one of the people and schedules: /),
      },
    ]);
    for (const ask of [{ url: '/api/team' }, { method: 'PUT', url: '/api/team', payload } as const])
      expect((await as('responder', ask)).statusCode).toBe(403);
  });

  test('what an apply would refuse, the comparison refuses too, with every place', async () => {
    const { etag, view } = await teamNow();
    const { team } = view;
    const admin = team.people.findIndex((one) => one.id === 'admin');
    const primary = team.people.findIndex((one) => one.id === 'primary');
    const people = team.people.map((one) => ({
      ...one,
      ...(one.id === 'admin' ? { name: 'Root' } : {}),
      ...(one.id === 'primary' ? { clusterUser: 'root' } : {}),
    }));
    const payload = { ...team, people };
    const diff = await as('primary', { method: 'POST', url: '/api/team/diff', payload });
    const put = { method: 'PUT', url: '/api/team', payload, headers: { 'if-match': etag } } as const;
    const applied = await as('primary', put);
    for (const answer of [diff, applied]) {
      const { code, issues } = answer.json<Problem>();
      expect([answer.statusCode, code]).toEqual([403, 'not-allowed']);
      expect(issues?.map(({ place, value }) => [place, value])).toEqual([
        [`body.people.${admin}.role`, '"admin"'],
        [`body.people.${primary}.clusterUser`, '"root"'],
      ]);
    }
    expect((await teamNow()).etag).toBe(etag);
  });

  test('somebody whom a new team does not have is signed out by it', async () => {
    const { etag, view } = await teamNow();
    const people = view.team.people.filter((one) => one.id !== 'viewer');
    const without = {
      method: 'PUT',
      url: '/api/team',
      payload: { ...view.team, people },
      headers: { 'if-match': etag },
    } as const;
    expect((await as('admin', without)).statusCode).toBe(200);
    expect((await as('viewer', { url: '/api/me' })).statusCode).toBe(401);
  });
});

describe('overrides and calendars', () => {
  test('an override changes the schedule, and is taken back', async () => {
    const before = routes.onCallSchedule.response.parse(
      (await as('responder', { url: '/api/oncall/schedule?days=2' })).json(),
    );
    const payload = {
      schedule: 'platform',
      person: 'responder',
      to: iso(Date.now() + hourMs),
      note: 'dentist',
    };
    const put = await as('responder', { method: 'POST', url: '/api/oncall/overrides', payload });
    const during = routes.addOverride.response.parse(put.json());
    expect(during.schedules[0]?.shifts[0]).toMatchObject({ person: 'responder', why: 'override' });
    expect(during.changes).toMatchObject([
      { kind: 'override', person: 'responder', note: 'dentist', by: { id: 'responder' } },
    ]);
    const url = `/api/oncall/changes/${during.changes[0]?.id ?? ''}/end`;
    const after = routes.endOnCallChange.response.parse(
      (await as('responder', { method: 'POST', url })).json(),
    );
    expect(after.schedules[0]?.shifts[0]?.person).toBe(before.schedules[0]?.shifts[0]?.person);
    expect((await as('responder', { method: 'POST', url })).statusCode).toBe(404);
  });

  test('a calendar is read by its link alone, until the link is revoked', async () => {
    const payload = { kind: 'schedule', subject: 'platform' };
    const created = routes.createFeed.response.parse(
      (await as('responder', { method: 'POST', url: '/api/oncall/feeds', payload })).json(),
    );
    const { pathname } = new URL(created.url);
    const read = await app.inject({ url: pathname });
    expect(read.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(read.body).toContain('BEGIN:VEVENT');
    const { rows } = await db.query<{ stored: string }>('select token_hash as stored from on_call_feeds');
    expect(rows.some(({ stored }) => pathname.includes(stored))).toBe(false);
    expect((await app.inject({ url: `${pathname}x` })).statusCode).toBe(404);
    await as('responder', { method: 'POST', url: `/api/oncall/feeds/${created.id}/revoke` });
    expect((await app.inject({ url: pathname })).statusCode).toBe(404);
    expect((await as('responder', { url: '/api/oncall/feeds' })).json()).toEqual([]);
  });

  test('nobody gets a calendar of somebody unknown', async () => {
    const payload = { kind: 'person', subject: 'eve' };
    const answer = await as('responder', { method: 'POST', url: '/api/oncall/feeds', payload });
    expect(answer.json<Problem>().detail).toMatch(/^body\.subject: eve; expected one of responder, primary/);
  });
});
