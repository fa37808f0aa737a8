import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const gauges = {
  poolState: () => ({ size: 3, inUse: 2, idle: 1, waiting: 4 }),
  maxConnections: 5,
  maxWaiting: 9,
  redisMode: () => 'closed' as const,
};

describe('metrics', () => {
  it('are those that docs/multitenant-api.md tells of', async () => {
    const { text } = await createMetrics({ ...gauges, tenantLabels: 3 }).render();
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    const own = names.filter((name) => !/^(process|nodejs)_/.test(name));
    const docs = readFileSync(new URL('../../../../docs/multitenant-api.md', import.meta.url), 'utf8');
    expect(own.length).toBeGreaterThan(10);
    expect(own.filter((name) => !new RegExp(`\`${name}[{\`]`).test(docs))).toEqual([]);
  });

  it('grow with the tenants up to a limit only', async () => {
    const metrics = createMetrics({ ...gauges, tenantLabels: 3 });
    const serve = (tenant: string): void =>
      metrics.served({ method: 'GET', route: '/api/data', status: 200, tenant, ms: 1 });
    const lines = async (): Promise<number> => (await metrics.render()).text.split('\n').length;
    for (let n = 0; n < 10; n += 1) serve(`t${n}`);
    const before = await lines();
    for (let n = 0; n < 1000; n += 1) serve(`t${n}`);
    expect(await lines()).toBe(before);
    expect((await metrics.render()).text).toMatch(/http_requests_total\{.*tenant="other"\} 1004/);
  });
});
