import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, startPostgres, type TestPostgres } from '../test/postgres.ts';
import { startService, tokenFor, type TestService } from '../test/service.ts';

let postgres: TestPostgres;
let service: TestService;

beforeAll(async () => {
  postgres = await startPostgres();
  service = await startService(postgres, {
    POOL_SIZE: '1',
    POOL_WAIT_MS: '500',
    POOL_QUEUE: '2',
    TENANT_LABELS: '3',
  });
});

afterAll(async () => {
  await service?.close();
  await postgres?.remove();
});

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

async function insertRight(verb: 'GRANT' | 'REVOKE'): Promise<void> {
  await asAdmin(postgres, `${verb} INSERT ON items ${verb === 'GRANT' ? 'TO' : 'FROM'} multitenant_api`);
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('a token', () => {
  it.each([
    ['missing', undefined, /missing/],
    ['of another scheme', 'Basic eDp5', /not a bearer token/],
    ['of nonsense', 'Bearer x.y.z', /token/],
  ])('%s is refused', async (_case, authorization, detail) => {
    const answer = await service.ask('/api/data', { headers: authorization ? { authorization } : {} });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 401, detail: expect.stringMatching(detail) });
  });

  it.each([
    ['signed with another key', { key: 'another key that is also long enough!' }],
    ['expired', { expires: '1 minute ago' }],
    ['without a usable tenant', { claims: { tenant: '' } }],
  ])('%s is refused', async (_case, options) => {
    const authorization = `Bearer ${await tokenFor('t1', options)}`;
    expect((await service.ask('/api/data', { headers: { authorization } })).status).toBe(401);
    expect((await service.ask('/health', { headers: { authorization } })).status).toBe(401);
  });

  it('without a signature is refused', async () => {
    const unsigned = `${encode({ alg: 'none' })}.${encode({ tenant: 't1', sub: 'u' })}.`;
    expect(
      (await service.ask('/api/data', { headers: { authorization: `Bearer ${unsigned}` } })).status,
    ).toBe(401);
  });

  it('is welcome but not needed on /health', async () => {
    // The first connection of the pool may take longer than it waits, on a busy machine.
    await expect.poll(async () => (await service.ask('/readyz')).status, { timeout: 10_000 }).toBe(200);
    for (const options of [{}, { tenant: 't1' }]) {
      const answer = await service.ask('/health', options);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        status: 'ok',
        dependencies: { database: { status: 'ok' } },
      });
    }
  });
});

describe('a request that cannot be understood', () => {
  it.each([
    [
      'an empty name',
      { name: '', value: 1 },
      { place: 'body.name', value: '', expected: 'at least 1 character' },
    ],
    ['no name', { value: 1 }, { place: 'body.name', value: null, expected: 'a text of 1 to 200 characters' }],
    [
      'an unknown field',
      { name: 'n', value: 1, owner: 'x' },
      { place: 'body', expected: expect.stringMatching('name') },
    ],
    [
      'a NUL in the name',
      { name: '\u0000', value: 1 },
      { place: 'body', expected: expect.stringMatching('NUL') },
    ],
    [
      'a NUL in the value',
      { name: 'n', value: ['\u0000'] },
      { place: 'body', expected: expect.stringMatching('NUL') },
    ],
    ['a broken body', '{"name', { place: 'body', expected: expect.stringMatching('JSON') }],
  ])('because of %s is told the place, the value and what was expected', async (_case, body, problem) => {
    const answer = await service.ask('/api/data', { tenant: 't1', ...post(body) });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [problem] });
  });

  it.each(['0', '101', 'x', '-1', '1.5'])('because of limit=%s is refused', async (limit) => {
    expect((await service.ask(`/api/data?limit=${limit}`, { tenant: 't1' })).status).toBe(400);
  });

  it('because of its size or format has a status of its own', async () => {
    const large = await service.ask('/api/data', {
      tenant: 't1',
      ...post({ name: 'n', value: 'x'.repeat(300_000) }),
    });
    expect(large.status).toBe(413);
    const form = await service.ask('/api/data', { tenant: 't1', method: 'PATCH' });
    expect(form.status).toBe(404);
  });
});

describe('a pool with no free connection', () => {
  it('answers 503 after its limit, names the connection pool in the log and shows the wait in the metrics', async () => {
    await expect.poll(async () => (await service.ask('/readyz')).status, { timeout: 10_000 }).toBe(200);
    const held = Promise.withResolvers<void>();
    const holding = service.app.database.forTenant('t1', () => held.promise);
    const waiting = service.ask('/api/data', { tenant: 't1' });
    const full = { size: 1, inUse: 1, idle: 0, waiting: 1 };
    await expect.poll(() => service.app.database.poolState()).toEqual(full);
    const metrics = await (await service.ask('/metrics')).text();
    expect(metrics).toMatch(/^db_pool_waiting 1$/m);
    expect(metrics).toMatch(/^db_pool_in_use 1$/m);
    const answer = await waiting;
    held.resolve();
    await holding;
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    const problem = (await answer.json()) as { detail: string; instance: string };
    expect(problem.detail).not.toMatch(/pool|connection/);
    const after = await (await service.ask('/metrics')).text();
    expect(after).toMatch(/^db_pool_refused_total\{reason="timeout"\} 1$/m);
    expect(after).toMatch(/^db_pool_wait_seconds_count [1-9]/m);
    expect(service.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        tenant: 't1',
        requestId: problem.instance,
        msg: expect.stringMatching(/connection.*pool exhausted/),
      }),
    );
    expect((await service.ask('/api/data', { tenant: 't1' })).status).toBe(200);
  });
});

describe('a queue that is full', () => {
  it('answers 503 at once instead of after the wait', async () => {
    const held = Promise.withResolvers<void>();
    const holding = service.app.database.forTenant('t1', () => held.promise);
    const inLine = [service.ask('/api/data', { tenant: 't1' }), service.ask('/api/data', { tenant: 't1' })];
    await expect.poll(() => service.app.database.poolState()).toMatchObject({ inUse: 1, waiting: 2 });
    expect((await service.ask('/api/data', { tenant: 't1' })).status).toBe(503);
    expect(service.app.database.poolState().waiting).toBe(2);
    held.resolve();
    await holding;
    await Promise.all(inLine);
    expect(await (await service.ask('/metrics')).text()).toMatch(
      /^db_pool_refused_total\{reason="queue-full"\} 1$/m,
    );
  });
});

describe('a mistake of the service', () => {
  it('is answered without its inside and logged with it under the same id', async () => {
    await insertRight('REVOKE');
    const headers = { 'x-request-id': 'from-the-caller' };
    const answer = await service.ask('/api/data', {
      tenant: 't1',
      headers,
      ...post({ name: 'n', value: 1 }),
    });
    await insertRight('GRANT');
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ status: 500, instance: 'from-the-caller' });
    expect(text).not.toMatch(/permission|items|42501|INSERT/i);
    const logged = service.lines.find((line) => line['requestId'] === 'from-the-caller' && 'err' in line);
    expect(logged).toMatchObject({ level: 'error', tenant: 't1', err: { code: '42501' } });
  });
});

describe('metrics and log', () => {
  it('count each request once by tenant, and tenants beyond the limit together', async () => {
    for (const tenant of ['m1', 'm2', 'm3', 'm4', 'm5']) await service.ask('/api/data', { tenant });
    const metrics = async (): Promise<string> => (await service.ask('/metrics')).text();
    await expect
      .poll(metrics)
      .toMatch(/http_requests_total\{method="GET",route="\/api\/data",status="200",tenant="other"\} [2-9]/);
    const text = await metrics();
    const tenants = new Set(
      [...text.matchAll(/^http_requests_total\{.*tenant="([^"]*)"/gm)].map((match) => match[1]),
    );
    expect(tenants).toEqual(new Set(['none', 'other', 't1', 'm1', 'm2']));
    expect(text).toMatch(/http_request_duration_seconds_bucket\{le="0.05",route="\/api\/data",tenant="t1"\}/);
    expect(text).not.toMatch(/route="\/(readyz|livez|metrics)"/);
    expect(service.lines).toContainEqual(
      expect.objectContaining({
        level: 'info',
        tenant: 'm5',
        route: '/api/data',
        status: 200,
        ms: expect.any(Number),
      }),
    );
  });

  it('count a request that its client gave up as 499', async () => {
    const held = Promise.withResolvers<void>();
    const holding = service.app.database.forTenant('t1', () => held.promise);
    const patience = new AbortController();
    const impatient = service.ask('/api/data', { tenant: 't1', signal: patience.signal });
    await expect.poll(() => service.app.database.poolState()).toMatchObject({ inUse: 1, waiting: 1 });
    patience.abort();
    await expect(impatient).rejects.toThrow(/abort/);
    const metrics = async (): Promise<string> => (await service.ask('/metrics')).text();
    await expect
      .poll(metrics)
      .toMatch(/http_requests_total\{.*route="\/api\/data",status="499",tenant="t1"\} 1/);
    held.resolve();
    await holding;
  });
});
