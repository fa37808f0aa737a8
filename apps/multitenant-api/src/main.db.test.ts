import type { ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';
import { launch, type ServiceProcess } from '../test/service-process.ts';
import { environment, tokenFor } from '../test/service.ts';

let postgres: TestPostgres;
const children: ChildProcess[] = [];

async function run(env: Record<string, string>): Promise<ServiceProcess> {
  const running = await launch(env);
  children.push(running.child);
  return running;
}

const ready = async (url: string): Promise<number> => (await fetch(`${url}/readyz`)).status;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await postgres?.remove();
});

describe('the process', () => {
  it('told to stop says it is not ready, serves on, closes kept connections and exits 0', async () => {
    const { child, url, log, exit } = await run(environment(postgres, { DRAIN_DELAY_MS: '1500' }));
    await expect.poll(() => ready(url), { timeout: 15_000 }).toBe(200);
    child.kill('SIGTERM');
    await expect.poll(() => ready(url)).toBe(503);

    const agent = new Agent({ keepAlive: true });
    const headers = { authorization: `Bearer ${await tokenFor('t1')}` };
    const [answer] = await once(request(`${url}/api/data`, { agent, headers }).end(), 'response');
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.connection).toBe('close');

    expect(await exit).toBe(0);
    expect(log()).toMatch('"msg":"stopped"');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('told to stop twice leaves at once', async () => {
    const { child, url, log, exit } = await run(environment(postgres, { DRAIN_DELAY_MS: '60000' }));
    await expect.poll(() => ready(url), { timeout: 15_000 }).toBe(200);
    child.kill('SIGTERM');
    await expect.poll(log).toMatch('draining');
    child.kill('SIGTERM');
    expect(await exit).toBe(143);
  });

  it('finishes what is in flight before it exits', async () => {
    const { child, url, exit } = await run(environment(postgres, { DRAIN_DELAY_MS: '0' }));
    await expect.poll(() => ready(url), { timeout: 15_000 }).toBe(200);
    const headers = { authorization: `Bearer ${await tokenFor('t1')}`, 'content-type': 'application/json' };
    const slow = request(`${url}/api/data`, { method: 'POST', headers });
    const answered = once(slow, 'response');
    slow.write('{"name":"in flight",');
    await expect.poll(() => ready(url)).toBe(200);
    child.kill('SIGTERM');
    await expect.poll(() => ready(url).catch(() => 'refused')).toBe('refused');
    slow.end('"value":1}');
    const [answer] = await answered;
    expect(answer.statusCode).toBe(201);
    answer.resume();
    expect(await exit).toBe(0);
  });

  it('listens before its database is there, and becomes ready when it is', async () => {
    await postgres.stop();
    const { child, url, exit } = await run(environment(postgres, { DRAIN_DELAY_MS: '0' }));
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(await ready(url)).toBe(503);
    await postgres.start();
    await expect.poll(() => ready(url), { timeout: 15_000 }).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('names every variable it cannot use, without telling secrets, and exits 2', async () => {
    const { log, exit } = await run(environment(postgres, { POOL_SIZE: 'many', JWT_SECRET: 'hunter2' }));
    expect(await exit).toBe(2);
    expect(log()).toMatch('POOL_SIZE is "many"; expected a whole number from 1 to 100');
    expect(log()).toMatch(
      'JWT_SECRET has a value of 7 characters; expected a secret of at least 32 characters',
    );
    expect(log()).not.toMatch('hunter2');
  });
});
