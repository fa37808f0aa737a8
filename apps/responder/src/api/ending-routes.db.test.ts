import type { IncidentListItem, IncidentView } from '@tocsin/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { createApiToken } from './api-token.ts';
import { createApi } from './create-api.ts';
import { createStage, type Stage } from './fixtures/stage.ts';

const db = await testDatabase();
let stage: Stage;
let api: FastifyInstance;

beforeAll(async () => {
  stage = await createStage(db);
  const publicUrl = 'http://tocsin.test';
  api = await createApi(stage.ports, { version: 'test', startedAt: Date.now(), consoleDir: null, publicUrl });
});
afterAll(async () => {
  await api.close();
  await stage.close();
});

const call = async (method: 'GET' | 'POST', url: string, payload?: Record<string, unknown>) =>
  api.inject({
    method,
    url,
    headers: { authorization: `Bearer ${await createApiToken(db, 'primary', 'test')}` },
    ...(payload === undefined ? {} : { payload }),
  });

test('declared, ended by a word, closed and reviewed: each shows in the incident and in the list', async () => {
  const declared = await call('POST', '/api/incidents', { severity: 'P2', text: 'no invoice arrives' });
  const { id, endsByWord, waits } = declared.json<IncidentView>();
  expect({ endsByWord, waits }).toEqual({ endsByWord: true, waits: true });
  const ended = await call('POST', `/api/incidents/${id}/mitigated`, { reason: 'they arrive again' });
  expect(ended.json<IncidentView>()).toMatchObject({
    status: 'mitigated',
    times: { mitigatedBy: 'person' },
  });
  const early = await call('POST', `/api/incidents/${id}/reviewed`, { note: 'done' });
  expect(early.statusCode).toBe(409);
  const waivers = Object.fromEntries(
    ended.json<IncidentView>().checklist.map(({ text }) => [text, 'a test']),
  );
  await call('POST', `/api/incidents/${id}/resolve`, { waivers });
  const bad = await call('POST', `/api/incidents/${id}/reviewed`, { link: 'javascript:alert(1)' });
  expect(bad.statusCode).toBe(400);
  const link = 'https://wiki.example.org/1';
  const held = await call('POST', `/api/incidents/${id}/reviewed`, { note: 'a second pool', link });
  expect(held.json<IncidentView>()).toMatchObject({
    status: 'resolved',
    waits: false,
    reviewed: { byName: 'Primary on-call', note: 'a second pool', link },
  });
  const [item] = (await call('GET', '/api/incidents')).json<IncidentListItem[]>();
  expect(item?.reviewedAt).toEqual(expect.any(String));
});

test('no word ends what is measured', async () => {
  const { id } = await stage.nodeDies();
  const refused = await call('POST', `/api/incidents/${id}/mitigated`, { reason: 'so I think' });
  expect(refused.statusCode).toBe(409);
  expect(refused.json<{ detail: string }>().detail).toContain('is measured');
});
