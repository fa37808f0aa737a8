import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fill } from '../test/fill.ts';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';
import { startRedis, type TestRedis } from '../test/redis.ts';
import { answering, askProcess, startProcess, type ServiceProcess } from '../test/service-process.ts';
import { environment, tokenFor } from '../test/service.ts';

const minuteMs = 60_000;
const tenants = Array.from({ length: 1000 }, (_, n) => `tenant-${n}`);

let postgres: TestPostgres;
let redis: TestRedis;
let service: ServiceProcess;

beforeAll(async () => {
  postgres = await startPostgres();
  redis = await startRedis();
  const env = { REDIS_URL: redis.url, RATE_LIMIT: '1000000', LOG_LEVEL: 'warn', TOKEN_CACHE_MS: '20000' };
  service = await startProcess(environment(postgres, env), answering);
  await fill(postgres, tenants, 30);
});

afterAll(async () => {
  service?.child.kill('SIGKILL');
  await redis?.stop();
  await postgres?.remove();
});

test('what the process keeps after a collection is the same after two minutes of load and after ten', async () => {
  const stop = new AbortController();
  let served = 0;
  const refused: number[] = [];

  // Reads, writes, wrong tokens, wrong paths and new tokens: everything that could be remembered for ever.
  async function client(n: number): Promise<void> {
    const tokens = new Map<string, string>();
    for (let turn = n; !stop.signal.aborted; turn += 1) {
      const tenant = tenants[(turn * 7) % tenants.length] ?? '';
      if (turn % 50 === 0) tokens.clear();
      const token = tokens.get(tenant) ?? (await tokenFor(tenant, { claims: { jti: `${n}-${turn}` } }));
      tokens.set(tenant, token);
      const authorization = turn % 20 === 0 ? `Bearer wrong-${n}-${turn}` : `Bearer ${token}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const path = turn % 30 === 0 ? `/nowhere/${n}/${turn}` : '/api/data';
      const body = JSON.stringify({ name: `of ${n}`, value: turn });
      const init = turn % 25 === 0 ? { method: 'POST', body } : {};
      const answer = await fetch(service.url + path, { ...init, headers });
      await answer.arrayBuffer();
      served += 1;
      if (answer.status >= 500) refused.push(answer.status);
    }
  }
  const clients = Array.from({ length: 8 }, (_, n) => client(n));
  await sleep(2 * minuteMs);
  const early = await askProcess<number>(service, 'heap');
  const servedEarly = served;
  await sleep(8 * minuteMs);
  const late = await askProcess<number>(service, 'heap');
  stop.abort();
  await Promise.all(clients);
  process.stdout.write(
    `${JSON.stringify({ servedEarly, served, heapMbAt2: early / 1e6, heapMbAt10: late / 1e6, refused: refused.length })}\n`,
  );
  expect(served).toBeGreaterThan(servedEarly);
  expect(refused).toEqual([]);
  expect(late).toBeLessThan(early * 1.1 + 1e6);
});
