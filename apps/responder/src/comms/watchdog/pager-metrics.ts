import { Gauge, type Registry } from 'prom-client';
import type { Queryable } from '#platform';
import { whyPagerIsIll } from './judge-pager.ts';
import { readSyntheticPage } from './synthetic-pages.ts';

type Newest = Awaited<ReturnType<typeof readSyntheticPage>>;

/** Whether pages get through, on `/metrics`; read from the rows at each scrape, so that every responder says the same. */
export function registerPagerMetrics(
  metrics: Registry,
  about: { readonly db: Queryable; readonly everyMs: number },
): void {
  const gauge = (name: string, help: string, read: (newest: Newest) => number | null): Gauge =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      async collect() {
        const value = read(await readSyntheticPage(about.db));
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  gauge(
    'tocsin_synthetic_page_latency_seconds',
    'How long the newest synthetic page took through the queue; absent until it has arrived.',
    ({ last }) =>
      last === null || last.arrivedAt === null ? null : (last.arrivedAt - last.createdAt) / 1000,
  );
  gauge(
    'tocsin_synthetic_page_arrived_timestamp_seconds',
    'When the newest synthetic page arrived; absent until then.',
    ({ last }) => (last === null || last.arrivedAt === null ? null : last.arrivedAt / 1000),
  );
  gauge(
    'tocsin_pager_healthy',
    '1 while synthetic pages get through in time, 0 otherwise.',
    ({ last, now }) => (whyPagerIsIll(last, about.everyMs, now) === null ? 1 : 0),
  );
}
