import type { Condition, PodDisruptionBudget } from '#store';
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
  return {
    observedGeneration: budget.metadata.generation ?? 0,
    disruptionsAllowed,
    currentHealthy: counts.healthy,
    desiredHealthy,
    expectedPods,
    conditions: [allowance(budget, disruptionsAllowed > 0, now)],
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

function allowance({ metadata, status }: PodDisruptionBudget, allowed: boolean, now: string): Condition {
  const last = status?.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  const text = allowed ? 'True' : 'False';
  return {
    type: 'DisruptionAllowed',
    status: text,
    reason: allowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: metadata.generation ?? 0,
    lastTransitionTime: (last?.status === text ? last.lastTransitionTime : undefined) ?? now,
  };
}
