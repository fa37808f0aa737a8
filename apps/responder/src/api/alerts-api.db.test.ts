import { problem, routes } from '@tocsin/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAlertList } from '#alerts';
import type { Database } from '#platform';
import { createApiToken } from './api-token.ts';
import { createApi } from './create-api.ts';
import { createStage, type Stage } from './fixtures/stage.ts';
import { startFixtureDatabase } from './fixtures/start-fixture-database.ts';

let database: Database;
let stage: Stage;
let app: FastifyInstance;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ database, stop } = await startFixtureDatabase());
  stage = await createStage(database);
  const options = { version: '1', startedAt: Date.now(), consoleDir: null, publicUrl: 'http://tocsin.test' };
  app = await createApi(stage.ports, options);
});
afterAll(async () => {
  await app.close();
  await stage.close();
  await stop();
});

async function as(person: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const token = await createApiToken(database, person, 'test');
  const headers = { authorization: `Bearer ${token}` };
  return app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
}

async function say(...labels: object[]): Promise<void> {
  const arrival = { at: Date.now(), resolveAfterMs: 60_000 };
  const body = labels.map((one) => ({ labels: one }));
  await stage.ports.alerts.take('prometheus', readAlertList(body, 'body', arrival));
}

const alerts = async () =>
  routes.alerts.response.parse((await as('viewer', 'GET', routes.alerts.path)).json());

describe('alerts', () => {
  it('are listed with what counts first and what keeps the others back', async () => {
    await say({ alertname: 'Mild', severity: 'error' }, { alertname: 'Bad', severity: 'critical' });
    await say({ alertname: 'Breach', tocsin_flag: 'security' }, { alertname: 7 });
    const draft = { matchers: ['alertname="Bad"'], minutes: 5, comment: 'being mended' };
    const silenced = await as('responder', 'POST', routes.silence.path, draft);
    const { id, createdBy, state } = routes.silence.response.parse(silenced.json());
    expect(state).toBe('active');
    const view = await alerts();
    expect(view.active.map((one) => one.name)).toEqual(['Breach', 'Mild', 'Bad']);
    expect(view.active[2]?.suppressedBy).toEqual([{ kind: 'silence', by: id }]);
    expect(view).toMatchObject({ activeCount: 3, suppressedCount: 1 });
    expect(view.problems).toMatchObject([
      { place: 'body[1].labels.alertname', value: '7', expected: 'a text' },
    ]);
    const listed = routes.listSilences.response.parse(
      (await as('viewer', 'GET', routes.listSilences.path)).json(),
    );
    expect(listed).toMatchObject([{ id, createdBy, state: 'active', matchers: ['alertname="Bad"'] }]);
    const path = routes.expireSilence.path.replace(':id', id);
    const expired = routes.expireSilence.response.parse((await as('responder', 'POST', path)).json());
    expect(expired.state).toBe('expired');
    expect((await as('responder', 'POST', path)).statusCode).toBe(409);
  });

  it.each([
    [
      { matchers: ['nonsense'], minutes: 5, comment: 'x' },
      /^body\.matchers\.0: "nonsense"; expected NAME="VALUE"/,
    ],
    [{ matchers: ['a=~".*"'], minutes: 5, comment: 'x' }, /does not match the empty text/],
    [{ matchers: ['a="b"'], minutes: 0, comment: 'x' }, /^body\.minutes: 0/],
  ])('a silence %j is refused', async (draft, message) => {
    const answer = await as('responder', 'POST', routes.silence.path, draft);
    expect(answer.statusCode).toBe(400);
    expect(problem.parse(answer.json()).detail).toMatch(message);
  });
});

describe('reports', () => {
  const draft = { kind: 'customer-report', text: 'cannot pay', tenant: 't1' };

  it('of one thing become one, and are closed with a reason; both are in the audit log', async () => {
    await as('responder', 'POST', routes.report.path, draft);
    const second = routes.report.response.parse(
      (await as('primary', 'POST', routes.report.path, draft)).json(),
    );
    expect(second).toMatchObject({ count: 2, text: 'cannot pay', closedAt: null });
    await expect.poll(() => stage.ports.alerts.facts.reports()).toMatchObject([{ tenant: 't1', count: 2 }]);
    const path = routes.closeReport.path.replace(':id', second.id);
    const closed = await as('responder', 'POST', path, { because: 'card expired' });
    expect(routes.closeReport.response.parse(closed.json()).closedBecause).toBe('card expired');
    expect((await alerts()).reports).toMatchObject([{ id: second.id, closedBecause: 'card expired' }]);
    const { rows } = await database.query(
      `select action, actor->>'id' as who from audit where action like '%eport' order by id`,
    );
    expect(rows).toEqual([
      { action: 'report', who: 'responder' },
      { action: 'report', who: 'primary' },
      { action: 'closeReport', who: 'responder' },
    ]);
  });

  it('of a tenant that nobody knows, of no kind, or by a viewer are refused', async () => {
    const unknown = await as('responder', 'POST', routes.report.path, { ...draft, tenant: 't99' });
    expect(problem.parse(unknown.json()).detail).toBe('body.tenant: "t99"; expected one of t1, t2');
    const kind = await as('responder', 'POST', routes.report.path, { ...draft, kind: 'rumour' });
    expect(kind.statusCode).toBe(400);
    expect((await as('viewer', 'POST', routes.report.path, draft)).statusCode).toBe(403);
  });
});
