import { expect, test, vi } from 'vitest';
import type { Database } from './database.ts';
import { createHeldRows } from './held-rows.ts';
import { createLogger } from './logger.ts';

test('leases are renewed while rows are held; with none left the database is asked nothing', async () => {
  vi.useFakeTimers();
  const renewed: unknown[] = [];
  const query: Database['query'] = (_sql, values) => {
    renewed.push(values?.[0]);
    return Promise.resolve({ rows: [], rowCount: 0 });
  };
  const options = { db: { query } as Database, table: 'work', leaseMs: 5000, renewMs: 1000 };
  const held = createHeldRows({ ...options, log: createLogger({ level: 'silent' }) });
  const kept = held.hold(7, 1);
  await vi.advanceTimersByTimeAsync(1000);
  kept.release();
  await vi.advanceTimersByTimeAsync(5000);
  held.stop();
  vi.useRealTimers();
  expect(renewed).toEqual([[7]]);
});
