import { dated, type PodDisruptionBudget } from '#store';
import { podCount } from './plan-rollout.ts';

type Status = NonNullable<PodDisruptionBudget['status']>;

/** What a budget allows now. `expected` is the number of pods that the workloads behind it want. */
export function budgetStatus(
  budget: PodDisruptionBudget,
  counts: { healthy: number; expected: number; total: number },
  now: string,
): Status {
  const { expectedPods, desiredHealthy } = demand(budget, counts);
  const disruptionsAllowed = expectedPods === 0 ? 0 : Math.max(0, counts.healthy - desiredHealthy);
  const observedGeneration = budget.metadata.generation ?? 0;
  const allowed = disruptionsAllowed > 0;
  const allowance = {
    type: 'DisruptionAllowed',
    status: allowed ? 'True' : 'False',
    reason: allowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration,
  } as const;
  return {
    observedGeneration,
    disruptionsAllowed,
    currentHealthy: counts.healthy,
    desiredHealthy,
    expectedPods,
    conditions: [dated(allowance, budget.status?.conditions ?? [], now)],
  };
}

/** Percentages and maxUnavailable count by what the workloads want, a plain minAvailable by the pods there are. */
function demand(
  { spec: { minAvailable, maxUnavailable } }: PodDisruptionBudget,
  { expected, total }: { expected: number; total: number },
): { expectedPods: number; desiredHealthy: number } {
  if (maxUnavailable !== undefined) {
    return {
      expectedPods: expected,
      desiredHealthy: Math.max(0, expected - podCount(maxUnavailable, expected, 'up')),
    };
  }
  const expectedPods = String(minAvailable ?? '').endsWith('%') ? expected : total;
  return { expectedPods, desiredHealthy: podCount(minAvailable ?? 1, expectedPods, 'up') };
}
