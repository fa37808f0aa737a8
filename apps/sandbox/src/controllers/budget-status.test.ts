import type { PodDisruptionBudget } from '#store';
import { expect, it } from 'vitest';
import { budgetStatus } from './budget-status.ts';

const budget = (spec: PodDisruptionBudget['spec']): PodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'b', generation: 1 },
  spec,
});

it.each([
  [{ minAvailable: 2 }, { healthy: 3, expected: 3, total: 3 }, 1, 2],
  [{ minAvailable: 2 }, { healthy: 2, expected: 3, total: 3 }, 0, 2],
  [{ minAvailable: '50%' }, { healthy: 5, expected: 5, total: 5 }, 2, 3],
  [{ maxUnavailable: 1 }, { healthy: 2, expected: 3, total: 4 }, 0, 2],
  [{ maxUnavailable: '34%' }, { healthy: 3, expected: 3, total: 3 }, 2, 1],
  [{ minAvailable: 0 }, { healthy: 0, expected: 0, total: 0 }, 0, 0],
])('%o with %o allows %d and wants %d', (spec, counts, allowed, desired) => {
  const status = budgetStatus(budget(spec), counts, '2026-01-01T00:00:00Z');
  expect([status.disruptionsAllowed, status.desiredHealthy]).toEqual([allowed, desired]);
  expect(status.conditions?.[0]?.status).toBe(allowed > 0 ? 'True' : 'False');
});
