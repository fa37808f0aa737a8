import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBalancer } from '../test/balancer.ts';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';
import { startProcess, type ServiceProcess } from '../test/service-process.ts';
import { environment, tokenFor } from '../test/service.ts';

let postgres: TestPostgres;
const running: ServiceProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await postgres?.remove();
});

async function replica(): Promise<ServiceProcess> {
  const started = await startProcess(environment(postgres, { DRAIN_DELAY_MS: '1500', RATE_LIMIT: '0' }));
  running.push(started);
  return started;
}

test('a replica that leaves under load fails no request, reads and writes, and exits 0', async () => {
  const [leaving, staying] = [await replica(), await replica()];
  const balancer = await startBalancer([leaving.url, staying.url]);
  const authorization = `Bearer ${await tokenFor('t1')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const outcomes: string[] = [];
  const stop = new AbortController();

  async function client(n: number): Promise<void> {
    for (let turn = n; !stop.signal.aborted; turn += 1) {
      const body = JSON.stringify({ name: `of ${n}`, value: turn });
      const init = turn % 3 === 0 ? { method: 'POST', headers, body } : { headers };
      const answer = await fetch(`${balancer.url}/api/data`, init);
      const text = await answer.text();
      outcomes.push(answer.ok ? 'served' : `${answer.status} ${text}`);
    }
  }
  const clients = Array.from({ length: 8 }, (_, n) => client(n));
  const given = (): number[] => [leaving, staying].map(({ url }) => balancer.given.get(url) ?? 0);
  await expect.poll(() => Math.min(...given()), { timeout: 20_000 }).toBeGreaterThan(50);

  leaving.child.kill('SIGTERM');
  expect(await leaving.exit).toBe(0);
  const [, whenGone = 0] = given();
  await expect.poll(() => given()[1], { timeout: 20_000 }).toBeGreaterThan(whenGone + 50);
  stop.abort();
  await Promise.all(clients);
  await balancer.stop();
  expect(outcomes.filter((outcome) => outcome !== 'served')).toEqual([]);
});
