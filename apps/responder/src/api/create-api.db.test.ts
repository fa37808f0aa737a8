import { type IncidentView, type Me, problem as problemSchema, type Problem, routes } from '@tocsin/contract';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#platform';
import { createApiToken } from './api-token.ts';
import { createApi } from './create-api.ts';
import { createStage, type Stage } from './fixtures/stage.ts';
import { forgetIncidents, startFixtureDatabase } from './fixtures/start-fixture-database.ts';
import { createLoginLink } from './login-link.ts';

const publicUrl = 'http://tocsin.test';
const origin = { origin: publicUrl, host: 'tocsin.test' };
const hash = 'c0'.repeat(32);

let database: Database;
let stop: () => Promise<void>;
let stage: Stage;
let incidentId: string;
let app: FastifyInstance;
const tokens = new Map<string, string>();

beforeAll(async () => {
  ({ database, stop } = await startFixtureDatabase());
  for (const id of ['viewer', 'responder', 'primary', 'admin', 'drill-approver'])
    tokens.set(id, await createApiToken(database, id, 'test'));
  return stop;
});

beforeEach(async () => {
  await forgetIncidents(database);
  stage = await createStage(database);
  incidentId = (await stage.nodeDies()).id;
  app = await createApi(stage.ports, {
    version: '1.2.3',
    startedAt: Date.now(),
    consoleDir: null,
    publicUrl,
  });
  return async () => {
    await app.close();
    await stage.close();
  };
});

function as(person: string, request: InjectOptions): Promise<LightMyRequestResponse> {
  return app.inject({
    ...request,
    headers: { authorization: `Bearer ${tokens.get(person)}`, ...request.headers },
  });
}

function problemOf(response: LightMyRequestResponse): Problem {
  expect(response.headers['content-type']).toContain('application/problem+json');
  return problemSchema.parse(response.json());
}

async function tokenOfLink(person: string): Promise<string> {
  const link = await createLoginLink(database, person, publicUrl);
  return new URL(link).hash.replace('#token=', '');
}

function login(token: string): Promise<LightMyRequestResponse> {
  return app.inject({ method: 'POST', url: '/api/login', headers: origin, payload: { token } });
}

describe('sign-in by a one-time link', () => {
  it('starts a session that the cookie proves', async () => {
    const answer = await login(await tokenOfLink('primary'));
    expect(answer.json<Me>()).toMatchObject({ id: 'primary', role: 'approver', via: 'session' });
    const [cookie] = answer.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    const me = await app.inject({ url: '/api/me', cookies: { [cookie?.name ?? '']: cookie?.value ?? '' } });
    expect(me.json<Me>().name).toBe('Primary on-call');
  });

  it('works once, also when two try at the same time', async () => {
    const token = await tokenOfLink('primary');
    const answers = await Promise.all([login(token), login(token), login(token)]);
    expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([200, 410, 410]);
    expect(problemOf(await login(token)).detail).toMatch(/used at .*; each works once/);
  });

  it('expires after 15 minutes', async () => {
    const token = await tokenOfLink('primary');
    await database.query(
      "update login_links set expires_at = clock_timestamp() - interval '1 second' where used_at is null",
    );
    expect(problemOf(await login(token)).detail).toContain('expired at');
  });

  it('keeps only hashes', async () => {
    const token = await tokenOfLink('primary');
    const { rows } = await database.query<{ all: string }>(
      'select json_agg(l)::text as all from login_links l',
    );
    expect(rows[0]?.all).not.toContain(token);
  });

  it('ends with logout', async () => {
    const [cookie] = (await login(await tokenOfLink('primary'))).cookies;
    const cookies = { [cookie?.name ?? '']: cookie?.value ?? '' };
    await app.inject({ method: 'POST', url: '/api/logout', headers: origin, cookies });
    expect((await app.inject({ url: '/api/me', cookies })).statusCode).toBe(401);
  });

  it('refuses a change that comes from another site with the cookie', async () => {
    const [cookie] = (await login(await tokenOfLink('primary'))).cookies;
    const cookies = { [cookie?.name ?? '']: cookie?.value ?? '' };
    const url = `/api/incidents/${incidentId}/acknowledge`;
    const foreign = await app.inject({
      method: 'POST',
      url,
      cookies,
      headers: { origin: 'http://evil.test' },
    });
    expect(problemOf(foreign)).toMatchObject({
      status: 403,
      detail: expect.stringContaining('http://evil.test'),
    });
    const none = await app.inject({ method: 'POST', url, cookies });
    expect(none.statusCode).toBe(403);
    expect((await stage.incidents.get(incidentId))?.acknowledgedAt).toBeNull();
  });
});

describe('rights', () => {
  const order = ['viewer', 'responder', 'approver', 'admin'] as const;
  const tokenByRole = {
    viewer: 'viewer',
    responder: 'responder',
    approver: 'primary',
    admin: 'admin',
  } as const;
  const guarded = Object.entries(routes).filter(
    ([name, route]) => route.role !== 'anyone' && name !== 'stream',
  );

  it.each(guarded)('%s needs its role', async (_name, route) => {
    const url = route.path.replaceAll(/:\w+/g, 'none');
    expect(problemOf(await app.inject({ method: route.method, url, headers: origin })).status).toBe(401);
    for (const role of order) {
      const answer = await as(tokenByRole[role], { method: route.method, url });
      const allowed = order.indexOf(role) >= order.indexOf(route.role as (typeof order)[number]);
      expect(`${role} ${answer.statusCode === 403}`).toBe(`${role} ${!allowed}`);
    }
  });

  it('says who was refused what, and writes it down', async () => {
    const url = `/api/incidents/${incidentId}/steps/cordon/approve`;
    const answer = await as('responder', { method: 'POST', url, payload: { bindingHash: hash } });
    expect(problemOf(answer).detail).toBe(
      `POST ${url}: A responder has the role "responder"; expected "approver" or stronger`,
    );
    const { rows } = await database.query<{ action: string }>(
      'select action from audit order by id desc limit 1',
    );
    expect(rows[0]?.action).toBe('approve:refused');
  });

  it('takes no revoked token, and none of somebody who has left', async () => {
    const revoked = await createApiToken(database, 'primary', 'old');
    await database.query("update api_tokens set revoked_at = clock_timestamp() where name = 'old'");
    const left = await createApiToken(database, 'nobody', 'left');
    for (const token of [revoked, left, 'tocsin_wrong']) {
      const answer = await app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } });
      expect(answer.statusCode).toBe(401);
    }
  });
});

describe('acting', () => {
  it('hands an approval to the core in the name of the caller, and writes it down first', async () => {
    const url = `/api/incidents/${incidentId}/steps/cordon/approve`;
    const answer = await as('primary', { method: 'POST', url, payload: { bindingHash: hash } });
    expect(routes.approve.response.parse(answer.json()).steps[0]).toMatchObject({ status: 'approved' });
    const events = await stage.incidents.events(incidentId);
    expect(events.find(({ body }) => body.type === 'step-approved')).toMatchObject({
      actor: { kind: 'token', id: 'primary', name: 'Primary on-call' },
      body: { stepId: 'cordon', bindingHash: hash },
    });
    const { rows } = await database.query(
      'select action, subject, detail from audit order by id desc limit 1',
    );
    expect(rows[0]).toMatchObject({
      action: 'approve',
      subject: url,
      detail: { body: { bindingHash: hash } },
    });
  });

  it('finds an incident by its number, and merges nothing into thin air', async () => {
    const list = await as('viewer', { url: '/api/incidents?state=open' });
    const [item] = routes.listIncidents.response.parse(list.json());
    const one = await as('viewer', { url: `/api/incidents/${item?.number}` });
    expect(routes.getIncident.response.parse(one.json()).id).toBe(incidentId);
    const unknown = await as('responder', { method: 'POST', url: '/api/incidents/4711/acknowledge' });
    expect(problemOf(unknown).detail).toBe('incident "4711": there is none with this id');
  });

  it('shows whom outside a level asks for, and takes the word that they were called', async () => {
    const { team } = stage.ports;
    const { version, document } = team.state().inUse;
    const cloud = { id: 'cloud', name: 'Cloud support', level: 2, phone: '+49 30 1234567', send: false };
    const by = { kind: 'user', id: 'admin', name: 'Admin' } as const;
    await team.apply({ ...document, external: [cloud] }, version, by);
    const at = `/api/incidents/${incidentId}`;
    const asked = await as('primary', { method: 'POST', url: `${at}/escalate`, payload: {} });
    expect(asked.json<IncidentView>().external).toMatchObject([
      { id: 'cloud', name: 'Cloud support', level: 2, phone: '+49 30 1234567', mail: null, called: null },
    ]);
    const say = (payload: object) => as('responder', { method: 'POST', url: `${at}/external`, payload });
    expect(problemOf(await say({ call: 'power', note: 'x' })).detail).toContain('expected one of cloud');
    const [called] = (await say({ call: 'cloud', note: 'ticket 12' })).json<IncidentView>().external;
    expect(called?.called).toMatchObject({ by: { id: 'responder' }, note: 'ticket 12' });
    const timeline = await as('viewer', { method: 'GET', url: `${at}/timeline` });
    expect(timeline.body).toContain('Call Cloud support.');
    expect(timeline.body).toContain('called cloud: ticket 12');
    await team.apply(document, version + 1, by);
  });

  it('takes two different people for the destructive step', async () => {
    const url = `/api/incidents/${incidentId}/steps/drain/approve`;
    const payload = { bindingHash: 'd0'.repeat(32) };
    expect((await as('primary', { method: 'POST', url, payload })).statusCode).toBe(200);
    expect(problemOf(await as('primary', { method: 'POST', url, payload })).status).toBe(409);
    const second = await as('admin', { method: 'POST', url, payload });
    expect(routes.approve.response.parse(second.json()).steps[1]).toMatchObject({ status: 'approved' });
  });

  it('answers a conflict when the step has changed since', async () => {
    const url = `/api/incidents/${incidentId}/steps/cordon/approve`;
    const answer = await as('primary', { method: 'POST', url, payload: { bindingHash: 'ff'.repeat(32) } });
    expect(problemOf(answer)).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('runs one drill at a time', async () => {
    const payload = { name: 'node-failure', injectedAt: new Date().toISOString(), holdMs: 10_000 };
    const started = await as('primary', { method: 'POST', url: '/api/drills', payload });
    const { id } = started.json<{ id: string }>();
    const second = await as('primary', { method: 'POST', url: '/api/drills', payload });
    expect(problemOf(second)).toMatchObject({ status: 409, detail: expect.stringContaining(id) });
    expect((await as('primary', { method: 'POST', url: `/api/drills/${id}/end` })).statusCode).toBe(200);
    expect((await as('primary', { method: 'POST', url: `/api/drills/${id}/end` })).statusCode).toBe(404);
  });
});

describe('what is read', () => {
  it.each([
    'me',
    'status',
    'listIncidents',
    'inbox',
    'onCallNow',
    'onCallSchedule',
    'readiness',
    'plan',
    'runbook',
    'runbookVersions',
  ] as const)('%s answers by the contract', async (name) => {
    const answer = await as('viewer', { url: routes[name].path });
    expect(routes[name].response.safeParse(answer.json()).error).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each(['getIncident', 'timeline'] as const)('%s answers by the contract', async (name) => {
    const answer = await as('viewer', { url: routes[name].path.replace(':id', incidentId) });
    expect(routes[name].response.safeParse(answer.json()).error).toBeUndefined();
  });

  it('gives evidence of its own incident only', async () => {
    const good = await as('viewer', { url: `/api/incidents/${incidentId}/evidence/${incidentId}-ev-4` });
    expect(routes.evidence.response.parse(good.json())).toMatchObject({
      outcome: 'cut-off',
      durationMs: 8000,
    });
    const other = await as('viewer', { url: `/api/incidents/inc_other/evidence/${incidentId}-ev-4` });
    expect(problemOf(other).status).toBe(404);
  });

  it('gives the review as Markdown', async () => {
    const answer = await as('viewer', { url: `/api/incidents/${incidentId}/review` });
    expect(answer.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(answer.body).toContain('# Review');
  });

  it('says healthy only with its database', async () => {
    expect((await app.inject('/healthz')).json()).toEqual({ ok: true });
    const broken = { ...database, query: () => Promise.reject(new Error('gone')) };
    const options = { version: '1', startedAt: 0, consoleDir: null, publicUrl };
    const cut = await createApi({ ...stage.ports, database: broken }, options);
    expect((await cut.inject('/healthz')).statusCode).toBe(503);
    await cut.close();
  });
});

describe('bad requests', () => {
  it('say place, value and expectation for each bad value', async () => {
    const answer = await as('responder', {
      method: 'POST',
      url: `/api/incidents/${incidentId}/hands-off`,
      payload: { on: 'yes', because: 'typo' },
    });
    expect(problemOf(answer).issues).toEqual([
      { place: 'body.on', value: '"yes"', expected: 'Invalid input: expected boolean, received string' },
      {
        place: 'body.reason',
        value: '(missing)',
        expected: 'Invalid input: expected string, received undefined',
      },
      { place: 'body', value: '{"on":"yes","because":"typo"}', expected: 'Unrecognized key: "because"' },
    ]);
  });

  it('name the allowed values of a query and of the document', async () => {
    expect(problemOf(await as('viewer', { url: '/api/incidents?state=broken' })).detail).toMatch(
      /query\.state: "broken"; .*"open"\|"closed"\|"all"/,
    );
    const severity = await as('responder', {
      method: 'POST',
      url: `/api/incidents/${incidentId}/severity`,
      payload: { severity: 'P9', reason: 'x' },
    });
    expect(problemOf(severity).detail).toBe('body.severity: "P9"; expected one of P0, P1, P2');
  });

  it('that are not JSON, too large or nowhere are refused as such', async () => {
    const url = `/api/incidents/${incidentId}/note`;
    const headers = { 'content-type': 'application/json' };
    const broken = await as('responder', { method: 'POST', url, headers, payload: '{"text":' });
    expect(problemOf(broken)).toMatchObject({ status: 400, detail: expect.stringContaining('JSON') });
    const large = await as('responder', { method: 'POST', url, payload: { text: 'x'.repeat(70_000) } });
    expect(problemOf(large)).toMatchObject({ status: 413, detail: expect.stringContaining('at most 65536') });
    const xml = await as('responder', {
      method: 'POST',
      url,
      headers: { 'content-type': 'text/xml' },
      payload: '<a/>',
    });
    expect(problemOf(xml).status).toBe(400);
    expect(problemOf(await as('viewer', { url: '/api/nowhere' })).status).toBe(404);
  });

  it('too many of them wait', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => login('x'.repeat(40))));
    const last = answers.find((answer) => answer.statusCode === 429);
    expect(last && problemOf(last).code).toBe('too-many');
  });
});
