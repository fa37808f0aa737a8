import { Registry } from 'prom-client';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { startPagingCore } from '../../../test/paging-core.ts';
import { createLogger } from '#platform';
import { startHttpProvider } from '../fixtures/http-provider.ts';
import { startWatchdog } from './start-watchdog.ts';
import { queueSyntheticPage } from './synthetic-pages.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const listener = await startHttpProvider({
  accepts: () => ({ status: 200, body: { ok: true } }),
  refuses: { status: 404, body: '' },
  breaks: { status: 500, body: '' },
  throttles: { status: 429, body: '' },
});
afterAll(() => listener.close());
beforeEach(async () => {
  listener.received.length = 0;
  await db.query(`delete from messages`);
});
const config = { everyMinutes: 60, heartbeat: { url: `${listener.url}/beat`, everySeconds: 5 } };

test('a synthetic page comes through the queue, its latency is on the metrics, and the heartbeat goes out', async () => {
  const core = await startPagingCore(db, 'smtp://127.0.0.1:1');
  const metrics = new Registry();
  const watchdog = await startWatchdog({ db, config, metrics, log });
  await vi.waitFor(async () => {
    const { rows } = await db.query(`select 1 from messages where channel = 'synthetic' and state = 'sent'`);
    expect(rows).toHaveLength(1);
  }, 60_000);
  // The first scrape says it already.
  const text = await metrics.metrics();
  expect(text).toMatch(/^tocsin_synthetic_page_latency_seconds [\d.e-]+$/m);
  expect(text).toMatch(/^tocsin_synthetic_page_arrived_timestamp_seconds [\d.e+]+$/m);
  expect(text).toMatch(/^tocsin_pager_healthy 1$/m);
  await vi.waitFor(() => expect(listener.received[0]?.path).toBe('/beat'), 60_000);
  watchdog.stop();
  await core.stop();
});

test('two responders queue one page a period', async () => {
  const queued = await Promise.all(Array.from({ length: 4 }, () => queueSyntheticPage(db, 3_600_000 * 1000)));
  expect(queued.filter(Boolean)).toHaveLength(1);
});

test('when pages do not get through, it says so and the heartbeat stops', async () => {
  const metrics = new Registry();
  await queueSyntheticPage(db, 3_600_000);
  await db.query(`update messages set created_at = clock_timestamp() - interval '2 minutes'`);
  const watchdog = await startWatchdog({ db, config, metrics, log });
  expect(await metrics.metrics()).toMatch(/^tocsin_pager_healthy 0$/m);
  expect(await metrics.metrics()).not.toMatch(/^tocsin_synthetic_page_latency_seconds \d/m);
  watchdog.stop();
  expect(listener.received).toEqual([]);
});
