import { Gauge, type Registry } from 'prom-client';
import type { Queryable } from '#platform';
import { readLastCheck, type ReadinessCheck } from '../store/readiness-checks.ts';
import { findingKinds } from './decide-readiness.ts';

/** What the last daily look found, on `/metrics`: a warning that no dead channel holds back. Read from the rows at each scrape. */
export function registerReadinessMetrics(
  metrics: Registry,
  about: { readonly db: Queryable; readonly serviceId: string },
): void {
  const last = (): Promise<ReadinessCheck | null> => readLastCheck(about.db, about.serviceId);
  const looked = new Gauge({
    name: 'tocsin_readiness_looked_timestamp_seconds',
    help: 'When the last daily look at readiness was; absent before the first.',
    registers: [metrics],
    collect: async () => {
      const look = await last();
      if (look !== null) looked.set(look.at / 1000);
    },
  });
  const found = new Gauge({
    name: 'tocsin_readiness_findings',
    help: 'How much the last daily look at readiness found, by kind; absent before the first.',
    labelNames: ['kind'],
    registers: [metrics],
    collect: async () => {
      const { findings } = (await last()) ?? {};
      if (findings === undefined) return;
      for (const kind of findingKinds)
        found.set({ kind }, findings.filter((one) => one.kind === kind).length);
    },
  });
  looked.remove();
}
