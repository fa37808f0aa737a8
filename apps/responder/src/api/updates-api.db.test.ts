import { type Problem, routes } from '@tocsin/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { serveStage } from './fixtures/serve-stage.ts';

const { stage, app, tokens, close } = await serveStage(await testDatabase(), ['viewer', 'responder']);
let url = '';

beforeAll(async () => {
  url = `/api/incidents/${(await stage.nodeDies()).id}/updates`;
});
afterAll(close);

const get = (path: string) =>
  app.inject({ url: path, headers: { authorization: `Bearer ${tokens.viewer}` } });
const post = (person: keyof typeof tokens, payload: object) =>
  app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${tokens[person]}` } });

const askForLink = (person: keyof typeof tokens, tenant: string) =>
  app.inject({
    method: 'POST',
    url: '/api/status-page/tenant-links',
    payload: { tenant, days: 7 },
    headers: { authorization: `Bearer ${tokens[person]}` },
  });

test('a draft is read, sent, and seen with who waits for the next', async () => {
  const before = routes.updates.response.parse((await get(url)).json());
  expect(before.clocks.map((one) => [one.audience, one.everyMinutes, one.lastAt])).toEqual([
    ['internal', 15, null],
    ['status-page', 30, null],
    ['customers', null, null],
    ['executives', null, null],
  ]);
  const draft = routes.updateDraft.response.parse((await get(`${url}/draft?audience=status-page`)).json());
  expect(draft).toMatchObject({ status: 'identified', languages: ['en', 'de'], withheld: null });
  expect(draft.targets).toEqual([{ channel: 'status-page', address: '', tenant: null, not: null }]);
  expect(draft.previews).toEqual([{ channel: 'status-page', text: draft.body }]);
  const german = await get(`${url}/draft?audience=status-page&language=de`);
  expect(german.json<{ body: string }>().body).toContain('Die Ursache der Störung');

  const { audience, status, body } = draft;
  expect((await post('responder', { audience, status, body })).statusCode).toBe(200);
  const after = routes.updates.response.parse((await get(url)).json());
  expect(after.updates).toMatchObject([
    {
      audience,
      status,
      body,
      by: { id: 'responder' },
      deliveries: [{ channel: 'status-page', state: 'sent' }],
    },
  ]);
  const clock = after.clocks.find((one) => one.audience === 'status-page');
  expect(Date.parse(clock?.dueAt ?? '') - Date.parse(clock?.lastAt ?? '')).toBe(30 * 60_000);
});

test('a text of your own is shown as it would arrive, with what has to stay inside; nothing is sent', async () => {
  const before = routes.updates.response.parse((await get(url)).json());
  const text = { audience: 'status-page', status: 'identified', body: '**Writes** fail on node/n1.' };
  const answer = await app.inject({
    method: 'POST',
    url: `${url}/preview`,
    payload: text,
    headers: { authorization: `Bearer ${tokens.viewer}` },
  });
  expect(routes.previewUpdate.response.parse(answer.json())).toEqual({
    subject: 'The service: Identified',
    targets: [{ channel: 'status-page', address: '', tenant: null, not: null }],
    previews: [{ channel: 'status-page', text: '**Writes** fail on node/n1.' }],
    leaks: ['line 1, column 20: the node "node/n1"'],
  });
  expect(routes.updates.response.parse((await get(url)).json())).toEqual(before);
});

test('a link to the page of one tenant is made on record, for tenants that are known', async () => {
  await stage.ports.database.query(
    `insert into status_page_tenants (service_id, tenant) values ($1, 'acme')`,
    [stage.ports.service.id],
  );
  const made = routes.makeTenantLink.response.parse((await askForLink('responder', 'acme')).json());
  expect(made.tenant).toBe('acme');
  expect(made.url).toMatch(/^https:\/\/status\.example\.org\/tenant\/YWNtZQ\.1\./);
  expect((await askForLink('viewer', 'acme')).statusCode).toBe(403);
  const unknown = await askForLink('responder', 'nobody');
  expect(unknown.json<Problem>().detail).toContain('tenant "nobody": expected one of');
  const { rows } = await stage.ports.database.query(
    `select action, actor->>'id' as who, detail->'body'->>'tenant' as tenant from audit where action like 'makeTenantLink%' order by id`,
  );
  expect(rows).toEqual([
    { action: 'makeTenantLink', who: 'responder', tenant: 'acme' },
    { action: 'makeTenantLink:refused', who: 'viewer', tenant: null },
    { action: 'makeTenantLink', who: 'responder', tenant: 'nobody' },
  ]);
});

test('what must not be told outside is refused with its place, and sent on record when a person insists', async () => {
  const leak = { audience: 'status-page', status: 'identified', body: 'We drain\nnode-b.' };
  const refused = await post('responder', leak);
  expect(refused.statusCode).toBe(400);
  expect(refused.json<Problem>().detail).toContain('line 2, column 1: the node "node-b"');
  const insisted = await post('responder', { ...leak, insist: 'it is named in our contract' });
  expect(insisted.statusCode).toBe(200);
  const [newest] = routes.updates.response.parse((await get(url)).json()).updates;
  expect(newest?.insisted).toEqual({
    reason: 'it is named in our contract',
    found: ['line 2, column 1: the node "node-b"'],
  });
});

test('is for responders, and for audiences and statuses that there are', async () => {
  const said = { audience: 'internal', status: 'investigating', body: 'x' };
  expect((await post('viewer', said)).statusCode).toBe(403);
  expect((await post('responder', { ...said, audience: 'everybody' })).statusCode).toBe(400);
  expect((await get(`${url}/draft?audience=everybody`)).statusCode).toBe(400);
});
