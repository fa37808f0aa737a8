import { Gauge, type Registry } from 'prom-client';
import type { Queryable } from '#platform';
import { whyPagerIsIll } from './judge-pager.ts';
import { readSyntheticPage } from './synthetic-pages.ts';

/** Whether pages get through, on `/metrics`; read from the rows at each scrape, so that every responder says the same. */
export function registerPagerMetrics(
  metrics: Registry,
  about: { readonly db: Queryable; readonly everyMs: number },
): void {
  const latency = new Gauge({
    name: 'tocsin_synthetic_page_latency_seconds',
    help: 'How long the newest synthetic page took through the queue; absent until it has arrived.',
    registers: [metrics],
  });
  const arrived = new Gauge({
    name: 'tocsin_synthetic_page_arrived_timestamp_seconds',
    help: 'When the newest synthetic page arrived.',
    registers: [metrics],
  });
  const healthy = new Gauge({
    name: 'tocsin_pager_healthy',
    help: '1 while synthetic pages get through in time, 0 otherwise.',
    registers: [metrics],
    collect: async () => {
      const { last, now } = await readSyntheticPage(about.db);
      healthy.set(whyPagerIsIll(last, about.everyMs, now) === null ? 1 : 0);
      if (last === null || last.arrivedAt === null) return;
      latency.set((last.arrivedAt - last.createdAt) / 1000);
      arrived.set(last.arrivedAt / 1000);
    },
  });
  latency.remove();
  arrived.remove();
}
