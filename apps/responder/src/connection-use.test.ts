import { expect, it } from 'vitest';
import type { DependencyCheck, Facts, RequestMetrics } from '#facts';
import { connectionUse } from './connection-use.ts';

const at = 1_000_000;
const check: DependencyCheck = {
  at: at - 5000,
  kind: 'postgres',
  subject: 'statefulset/postgres',
  outcome: 'ok',
  detail: '',
  durationMs: 3,
  values: { connections: 40, connectionSlots: 97 },
};
const scraped: RequestMetrics = {
  from: at - 10_000,
  to: at - 5000,
  tenants: [],
  podsScraped: ['a', 'b'],
  podsMissing: [],
  pools: [
    { pod: 'a', size: 5, inUse: 1, waiting: 0 },
    { pod: 'b', size: 10, inUse: 1, waiting: 0 },
  ],
};
const facts = (over: Partial<Facts>) => ({ at, checks: [check], metrics: [scraped], ...over }) as Facts;

it('takes the newest check of the database and the largest pool', () => {
  expect(connectionUse(facts({}))).toEqual({ slots: 97, used: 40, poolSize: 10 });
});

it.each([
  ['no check', { checks: [] }],
  ['an old check', { checks: [{ ...check, at: at - 61_000 }] }],
  ['a check that could not count', { checks: [{ ...check, values: {} }] }],
  ['no pool', { metrics: [] }],
])('says nothing with %s', (_, over) => {
  expect(connectionUse(facts(over))).toBeNull();
});
