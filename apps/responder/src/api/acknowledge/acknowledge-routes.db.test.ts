import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IncidentListItem, IncidentView } from '@tocsin/contract';
import type { FastifyInstance } from 'fastify';
import { answerWays, manyAnswers } from '#comms';
import { testDatabase } from '../../../test/database.ts';
import { createApiToken } from '../api-token.ts';
import { createApi } from '../create-api.ts';
import { createStage, type Stage } from '../fixtures/stage.ts';

const db = await testDatabase();
let stage: Stage;
let api: FastifyInstance;

beforeAll(async () => {
  stage = await createStage(db);
  api = await createApi(stage.ports, {
    version: 'test',
    startedAt: Date.now(),
    consoleDir: null,
    publicUrl: 'http://tocsin.test',
  });
});
afterAll(async () => {
  await api.close();
  await stage.close();
});

/** The link as it stands in the page that was delivered. */
async function linkTo(incidentId: string): Promise<string> {
  const ways = await answerWays(db, { incidentId, person: 'primary' }, 'http://tocsin.test');
  return new URL(ways?.acknowledgeUrl ?? '').pathname;
}

test('opening the link changes nothing; its button acknowledges once, in the name of who was paged', async () => {
  const incident = await stage.nodeDies();
  const url = await linkTo(incident.id);
  for (const method of ['GET', 'HEAD'] as const)
    expect((await api.inject({ method, url })).statusCode).toBe(200);
  const page = await api.inject({ method: 'GET', url });
  expect(page.body).toContain('Acknowledge as Primary on-call');
  expect(page.headers['content-security-policy']).toContain("form-action 'self'");
  expect((await stage.incidents.get(incident.id))?.acknowledgedAt).toBeNull();

  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const pressed = await api.inject({ method: 'POST', url, headers, payload: '' });
  expect(pressed.statusCode).toBe(200);
  expect(pressed.body).toContain('is acknowledged by Primary on-call');
  expect((await stage.incidents.get(incident.id))?.acknowledgedBy).toBe('primary');
  expect((await api.inject({ method: 'GET', url })).body).toContain('Acknowledged by Primary on-call');
  expect((await api.inject({ method: 'POST', url })).body).toContain('already acknowledged');
});

test('the link that calls the next level: opening it calls nobody, its button calls it once', async () => {
  const [incident] = await stage.incidents.list();
  const ways = await answerWays(
    db,
    { incidentId: incident?.id ?? '', person: 'primary' },
    'http://tocsin.test',
  );
  const url = new URL(ways?.escalate?.url ?? '').pathname;
  const level = async () => (await stage.incidents.get(incident?.id ?? ''))?.escalationLevel;
  expect((await api.inject({ method: 'GET', url })).body).toContain('Call level 2 as Primary on-call');
  expect(await level()).toBe(1);
  expect((await api.inject({ method: 'POST', url })).body).toContain('level 2 is called');
  expect(await level()).toBe(2);
  expect((await api.inject({ method: 'POST', url })).body).toContain('was called already');
  expect((await api.inject({ method: 'GET', url })).body).toContain('has been called already');
  const another = await api.inject({ method: 'POST', url: url.replace('/2/', '/3/') });
  expect(another.statusCode).toBe(404);
  expect(await level()).toBe(2);
});

test('the link of a summary: opening it changes nothing, its button acknowledges what of it waits, once', async () => {
  const [incident] = await stage.incidents.list();
  await db.query(
    `insert into messages (id, kind, incident_id, page_id, person, channel, address, subject, body, due_at, created_at)
     values ('summary-1', 'summary', $1, '', 'primary', 'sms', '+491', '', '', clock_timestamp(), clock_timestamp())`,
    [incident?.id],
  );
  await db.query(`update messages set summary_id = 'summary-1' where page_id = $1`, [
    incident?.pages.at(-1)?.id,
  ]);
  const about = { summaryId: 'summary-1', person: 'primary', listed: [], others: 1 };
  const ways = await manyAnswers(db, about, 'http://tocsin.test');
  const token = ways?.acknowledgeAllUrl.split('/').at(-1) ?? '';
  const url = `/acknowledge-all/${token}`;
  expect(incident?.pages.at(-1)?.acknowledgedAt).toBeNull();
  const shown = await api.inject({ method: 'GET', url });
  expect(shown.body).toContain('1 incident waits for you');
  expect(shown.body).toContain('Acknowledge all 1 as Primary on-call');
  expect((await api.inject({ method: 'POST', url: `/acknowledge/${token}` })).statusCode).toBe(404);
  expect((await api.inject({ method: 'POST', url })).body).toContain('is acknowledged by Primary on-call');
  expect((await api.inject({ method: 'GET', url })).body).toContain('Nothing of it waits');
  const again = await api.inject({ method: 'POST', url });
  expect(again).toMatchObject({ statusCode: 200, body: expect.stringContaining('Nothing of it waits') });
  const late = await stage.ports.comms.openSummary(token, Date.now() + 25 * 3_600_000);
  expect(late).toEqual({ refused: 'expired' });
});

test('a link that was changed is none, and nothing in it becomes HTML', async () => {
  for (const method of ['GET', 'POST'] as const) {
    const answer = await api.inject({ method, url: '/acknowledge/%3Cscript%3E.x' });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('<script>');
  }
});

test('an old link has expired', async () => {
  const [incident] = await stage.incidents.list();
  const url = await linkTo(incident?.id ?? '');
  const late = { ...stage.ports, comms: { ...stage.ports.comms, openLink: openLate(stage) } };
  const lateApi = await createApi(late, {
    version: 'test',
    startedAt: Date.now(),
    consoleDir: null,
    publicUrl: 'http://tocsin.test',
  });
  expect((await lateApi.inject({ method: 'POST', url })).statusCode).toBe(410);
  await lateApi.close();
});

function openLate({ ports }: Stage): Stage['ports']['comms']['openLink'] {
  return (link, now) => ports.comms.openLink(link, now + 25 * 3_600_000);
}

test('called again, the link acknowledges again; list, incident and inbox say that it waits', async () => {
  const [{ id = '' } = {}] = await stage.incidents.list();
  const url = await linkTo(id);
  const by = { kind: 'user', id: 'primary', name: 'Primary on-call' } as const;
  const headers = { authorization: `Bearer ${await createApiToken(db, 'primary', 'test')}` };
  const facts = async () => {
    const [item] = (await api.inject({ url: '/api/incidents', headers })).json<IncidentListItem[]>();
    const view = (await api.inject({ url: `/api/incidents/${id}`, headers })).json<IncidentView>();
    return { listed: item?.waits, shown: view.waits, by: view.pages.map((one) => one.acknowledgedByName) };
  };
  await stage.incidents.apply(id, { kind: 'acknowledge' }, by);
  expect(await facts()).toMatchObject({ listed: false, shown: false });
  await stage.incidents.apply(id, { kind: 'escalate' }, by);
  const called = await facts();
  expect(called).toMatchObject({ listed: true, shown: true });
  expect(called.by.at(0)).toBe('Primary on-call');
  expect(called.by.at(-1)).toBeNull();
  expect((await api.inject({ method: 'GET', url })).body).toContain('Acknowledge as Primary on-call');
  expect((await api.inject({ method: 'POST', url })).body).toContain('is acknowledged by Primary on-call');
  expect(await facts()).toMatchObject({ listed: false, shown: false });
});
