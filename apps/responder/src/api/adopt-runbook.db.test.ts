import { readFileSync, writeFileSync } from 'node:fs';
import { problem as problemSchema, routes } from '@tocsin/contract';
import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '#platform';
import { createApiToken } from './api-token.ts';
import { createApi } from './create-api.ts';
import { createStage, type Stage } from './fixtures/stage.ts';
import { startFixtureDatabase } from './fixtures/start-fixture-database.ts';

let database: Database;
let stage: Stage;
let app: FastifyInstance;

beforeAll(async () => {
  const started = await startFixtureDatabase();
  ({ database } = started);
  stage = await createStage(database);
  const publicUrl = 'http://tocsin.test';
  app = await createApi(stage.ports, { version: '1', startedAt: Date.now(), consoleDir: null, publicUrl });
  return async () => {
    await app.close();
    await stage.close();
    await started.stop();
  };
});

async function adopt(person: string, hash: string) {
  const token = await createApiToken(database, person, 'test');
  const headers = { authorization: `Bearer ${token}` };
  return app.inject({ method: 'POST', url: routes.adoptRunbook.path, headers, payload: { hash } });
}

async function audit(): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `select action || ' ' || (actor->>'id') as line from audit where action ~ 'adopt|runbook' order by id`,
  );
  return rows.map((row) => row.line);
}

it('an approver takes the offered version into use, once; everybody else is refused, and all of it is written down', async () => {
  const text = readFileSync(stage.runbookFile, 'utf8');
  writeFileSync(stage.runbookFile, text.replace('(>5%)', '(>60%)'));
  await vi.waitFor(() => expect(stage.ports.runbook.state().standing?.status).toBe('offered'), 20_000);
  const hash = stage.ports.runbook.state().standing?.hash ?? 'none';

  expect((await adopt('viewer', hash)).statusCode).toBe(403);
  expect((await adopt('responder', hash)).statusCode).toBe(403);
  expect(problemSchema.parse((await adopt('primary', hash.slice(0, 12))).json()).issues).toMatchObject([
    { place: 'body.hash', expected: 'expected the 64 hexadecimal digits of the offered version' },
  ]);
  expect(stage.ports.runbook.state().standing?.hash).toBe(hash);

  const view = routes.adoptRunbook.response.parse((await adopt('primary', hash)).json());
  expect(view).toMatchObject({
    offered: null,
    inUse: { hash, takenBy: { kind: 'token', id: 'primary', name: 'Primary on-call' } },
  });
  const again = await adopt('second', hash);
  expect(problemSchema.parse(again.json())).toMatchObject({
    status: 409,
    detail: expect.stringContaining('it is in use already'),
  });
  expect(await audit()).toEqual([
    'runbook:taken responder',
    'runbook:offered responder',
    'adoptRunbook:refused viewer',
    'adoptRunbook:refused responder',
    'adoptRunbook primary',
    'runbook:taken primary',
    'adoptRunbook second',
  ]);
});
