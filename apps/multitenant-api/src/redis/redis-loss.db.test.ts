import { Redis as Client } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freezableProxy, type FreezableProxy } from '../../test/freezable-proxy.ts';
import { asAdmin, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { startRedis, type TestRedis } from '../../test/redis.ts';
import { startService, type TestService } from '../../test/service.ts';

let postgres: TestPostgres;
let redis: TestRedis;
let proxy: FreezableProxy;
const services: TestService[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  redis = await startRedis();
  proxy = await freezableProxy(redis.port);
});

afterEach(async () => {
  proxy.thaw();
  for (const service of services.splice(0)) await service.close();
});

afterAll(async () => {
  await proxy?.close();
  await redis?.stop();
  await postgres?.remove();
});

/** A replica that has heard of Redis. */
async function replica(overrides: Record<string, string> = {}): Promise<TestService> {
  const env = {
    REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
    REDIS_TIMEOUT_MS: '2000',
    REDIS_RETRY_MS: '100',
  };
  const service = await startService(postgres, { CACHE_TTL_MS: '60000', ...env, ...overrides });
  services.push(service);
  await expect.poll(() => redisStatus(service), { timeout: 10_000 }).toBe('ok');
  return service;
}

interface Health {
  status: string;
  dependencies: { redis: { status: string } };
}

const health = async (service: TestService): Promise<Health> =>
  (await (await service.ask('/health')).json()) as Health;
const redisStatus = async (service: TestService): Promise<string> =>
  (await health(service)).dependencies.redis.status;

async function metric(service: TestService, line: string): Promise<number> {
  const text = await (await service.ask('/metrics')).text();
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return Number(found?.split(' ').at(-1) ?? 0);
}

async function names(service: TestService, tenant: string): Promise<string[]> {
  const answer = await service.ask('/api/data', { tenant });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { items: { name: string }[] }).items.map((item) => item.name);
}

async function write(service: TestService, tenant: string, name: string): Promise<number> {
  const body = JSON.stringify({ name, value: 1 });
  return (await service.ask('/api/data', { tenant, method: 'POST', body })).status;
}

const hits = 'cache_requests_total{result="hit"}';
const bypasses = 'cache_requests_total{result="bypass"}';

describe('the read cache', () => {
  it('serves what was read until the tenant writes, in every replica', async () => {
    const [one, two] = [await replica(), await replica()];
    await write(one, 'c1', 'first');
    expect(await names(one, 'c1')).toEqual(['first']);
    await expect
      .poll(
        async () => {
          await names(two, 'c1');
          return metric(two, hits);
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
    // Nobody told the service of this row: what it serves comes from the cache.
    await asAdmin(
      postgres,
      `INSERT INTO items (tenant, name, value, created_by) VALUES ('c1', 'unseen', '1', 'u')`,
    );
    expect(await names(two, 'c1')).toEqual(['first']);
    await write(one, 'c1', 'second');
    expect(await names(two, 'c1')).toEqual(['second', 'unseen', 'first']);
    expect(await names(one, 'c1')).toEqual(['second', 'unseen', 'first']);
  });

  it('keeps tenants apart, and items and lists fresh after each kind of change', async () => {
    const service = await replica();
    const path =
      (
        await service.ask('/api/data', {
          tenant: 'c2',
          method: 'POST',
          body: JSON.stringify({ name: 'x', value: 1 }),
        })
      ).headers.get('location') ?? '';
    const read = async (tenant: string) => (await service.ask(path, { tenant })).status;
    expect([await read('c2'), await read('c2'), await read('c3')]).toEqual([200, 200, 404]);
    await service.ask(path, { tenant: 'c2', method: 'PATCH', body: JSON.stringify({ name: 'y' }) });
    expect(await (await service.ask(path, { tenant: 'c2' })).json()).toMatchObject({ name: 'y', version: 2 });
    await service.ask(path, { tenant: 'c2', method: 'DELETE' });
    expect(await read('c2')).toBe(404);
    expect(await names(service, 'c2')).toEqual([]);
  });

  it('never serves an entry of before, also when Redis forgot all', async () => {
    const service = await replica();
    await write(service, 'c4', 'first');
    await names(service, 'c4');
    const client = new Client(redis.url);
    const [page = ''] = await client.keys('mta:page:c4:*');
    const kept = (await client.get(page)) ?? '';
    await client.flushall();
    await client.set(page, kept);
    await asAdmin(
      postgres,
      `INSERT INTO items (tenant, name, value, created_by) VALUES ('c4', 'later', '1', 'u')`,
    );
    expect(await names(service, 'c4')).toEqual(['later', 'first']);
    await client.quit();
  });
});

describe('the limit of a tenant', () => {
  const few = { RATE_LIMIT: '5', RATE_LIMIT_WINDOW_MS: '60000' };

  it('counts over all replicas, tells what is left, and is 429 with the time to wait', async () => {
    const [one, two] = [await replica(few), await replica(few)];
    const answers: Response[] = [];
    for (let n = 0; n < 6; n += 1)
      answers.push(await (n % 2 === 0 ? one : two).ask('/api/data', { tenant: 'l1' }));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"tenant";q=5;w=60');
    expect(answers.map((answer) => /r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])).toEqual([
      '4',
      '3',
      '2',
      '1',
      '0',
      '0',
    ]);
    const [refused] = answers.slice(-1);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(5);
    expect(refused?.headers.get('content-type')).toMatch('application/problem+json');
    expect(await refused?.json()).toMatchObject({
      type: 'urn:multitenant-api:problem:rate-limited',
      status: 429,
    });
    expect((await one.ask('/api/data', { tenant: 'l2' })).status).toBe(200);
    expect(await metric(two, 'rate_limit_requests_total{source="redis",result="limited"}')).toBe(1);
  });

  it('is kept by the process alone while Redis is gone', async () => {
    const service = await replica(few);
    await redis.stop();
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await service.ask('/api/data', { tenant: 'l3' })).status);
    await redis.start();
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(await metric(service, 'rate_limit_requests_total{source="process",result="limited"}')).toBe(2);
  });
});

describe('the service without Redis', () => {
  it('serves, is ready and says that it is degraded while Redis is gone, and uses it again when it is back', async () => {
    const service = await replica();
    await write(service, 'd1', 'before');
    await redis.stop();
    expect(await write(service, 'd1', 'meanwhile')).toBe(201);
    expect(await names(service, 'd1')).toEqual(['meanwhile', 'before']);
    await expect.poll(() => metric(service, 'redis_up'), { timeout: 10_000 }).toBe(0);
    expect((await service.ask('/readyz')).status).toBe(200);
    const told = await service.ask('/health');
    expect([told.status, await told.json()]).toMatchObject([
      200,
      { status: 'degraded', dependencies: { database: { status: 'ok' }, redis: { status: 'failing' } } },
    ]);
    expect(await metric(service, bypasses)).toBeGreaterThan(0);
    await redis.start();
    await expect.poll(() => redisStatus(service), { timeout: 10_000 }).toBe('ok');
    await expect
      .poll(
        async () => {
          await names(service, 'd1');
          return metric(service, hits);
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0);
    expect(await metric(service, 'redis_up')).toBe(1);
  });

  it('asks a Redis that hangs a few times only, and then not at all until it answers', async () => {
    const service = await replica({ REDIS_RETRY_MS: '60000', REDIS_TIMEOUT_MS: '200' });
    await write(service, 'h1', 'before');
    proxy.freeze();
    for (let n = 0; n < 20; n += 1) expect(await names(service, 'h1')).toEqual(['before']);
    expect(await write(service, 'h1', 'meanwhile')).toBe(201);
    expect(await names(service, 'h1')).toEqual(['meanwhile', 'before']);
    const failed = await metric(service, 'redis_misses_total{reason="failed"}');
    expect(failed).toBeGreaterThanOrEqual(3);
    expect(failed).toBeLessThan(8);
    expect(await metric(service, 'redis_misses_total{reason="not-asked"}')).toBeGreaterThan(30);
    expect((await service.ask('/readyz')).status).toBe(200);
    expect(await health(service)).toMatchObject({ status: 'degraded' });
  });

  it('makes a new connection after one that went silent, and uses it', async () => {
    const service = await replica({ REDIS_TIMEOUT_MS: '200' });
    proxy.freeze();
    await expect
      .poll(() => names(service, 'h2').then(() => metric(service, 'redis_up')), { timeout: 15_000 })
      .toBe(0);
    proxy.thaw();
    await expect
      .poll(() => names(service, 'h2').then(() => metric(service, 'redis_up')), { timeout: 15_000 })
      .toBe(1);
  });

  it('starts without it', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1', REDIS_RETRY_MS: '100' };
    const service = await startService(postgres, env);
    services.push(service);
    expect(await write(service, 's1', 'alone')).toBe(201);
    expect(await names(service, 's1')).toEqual(['alone']);
    expect(JSON.stringify(service.lines)).toMatch(/ECONNREFUSED 127\.0\.0\.1:1/);
  });
});
