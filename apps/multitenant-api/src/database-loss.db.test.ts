import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freezableProxy, type FreezableProxy } from '../test/freezable-proxy.ts';
import { startPostgres, type TestPostgres } from '../test/postgres.ts';
import { startService, type TestService } from '../test/service.ts';

let postgres: TestPostgres;
let proxy: FreezableProxy;
let service: TestService;

beforeAll(async () => {
  postgres = await startPostgres();
  proxy = await freezableProxy(postgres.port);
  service = await startService(
    { ...postgres, port: proxy.port },
    { QUERY_TIMEOUT_MS: '400', POOL_WAIT_MS: '400' },
  );
});

afterAll(async () => {
  await service?.close();
  await proxy?.close();
  await postgres?.remove();
});

const status = async (path: string): Promise<number> => (await service.ask(path, { tenant: 't1' })).status;

async function statuses(): Promise<Record<string, number>> {
  const paths = ['/livez', '/readyz', '/health', '/api/data'];
  const answers = await Promise.all(paths.map(async (path) => [path, await status(path)] as const));
  return Object.fromEntries(answers);
}

const serving = { '/livez': 200, '/readyz': 200, '/health': 200, '/api/data': 200 };
const withoutDatabase = { '/livez': 200, '/readyz': 503, '/health': 503, '/api/data': 503 };

describe('the service without its database', () => {
  it('is alive but not ready when the server stops, and comes back by itself', async () => {
    expect(await statuses()).toEqual(serving);
    await postgres.stop();
    expect(await statuses()).toEqual(withoutDatabase);
    const health = await (await service.ask('/health')).json();
    const reason = expect.stringMatching(/^database cannot be reached/);
    expect(health).toMatchObject({ dependencies: { database: { status: 'failing', reason } } });
    await postgres.start();
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(serving);
  });

  it('answers within its limits when the server goes silent, and comes back by itself', async () => {
    expect(await statuses()).toEqual(serving);
    proxy.freeze();
    expect(await statuses()).toEqual(withoutDatabase);
    proxy.thaw();
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(serving);
  });

  it('gives up a write whose server goes silent between two statements, and says so in the log', async () => {
    const silent = service.app.database.forTenant('t1', async (client) => {
      await client.query('SELECT 1');
      proxy.freeze();
      return client.query('SELECT 2');
    });
    await expect(silent).rejects.toMatchObject({ statusCode: 503, cause: { message: 'Query read timeout' } });
    proxy.thaw();
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(serving);
  });

  it('lets a transaction last as long as the server answers in it', async () => {
    const slow = service.app.database.forTenant('t1', async (client) => {
      for (let n = 0; n < 5; n += 1) await client.query('SELECT pg_sleep(0.2)');
      return 'done';
    });
    expect(await slow).toBe('done');
  });

  it('survives a connection that breaks between two queries of a request', async () => {
    const broken = service.app.database.forTenant('t1', async (client) => {
      await postgres.stop();
      await postgres.start();
      return client.query('SELECT 1');
    });
    await expect(broken).rejects.toThrow(/^database did not answer/);
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(serving);
  });
});
