import type { PodDisruptionBudget } from '#store';
import { podCount } from './plan-rollout.ts';

type Status = NonNullable<PodDisruptionBudget['status']>;

/** What a budget allows now. `expected` is the number of pods that the workloads behind it want. */
export function budgetStatus(
  { spec, metadata, status }: PodDisruptionBudget,
  counts: { healthy: number; expected: number; total: number },
  now: string,
): Status {
  const percent = String(spec.minAvailable ?? '').endsWith('%') || spec.maxUnavailable !== undefined;
  const expectedPods = percent ? counts.expected : counts.total;
  const desiredHealthy =
    spec.maxUnavailable === undefined
      ? podCount(spec.minAvailable ?? 1, expectedPods, 'up')
      : Math.max(0, expectedPods - podCount(spec.maxUnavailable, expectedPods, 'up'));
  const disruptionsAllowed = expectedPods === 0 ? 0 : Math.max(0, counts.healthy - desiredHealthy);
  const generation = metadata.generation ?? 0;
  const allowed = disruptionsAllowed > 0 ? 'True' : 'False';
  const last = status?.conditions?.find(({ type }) => type === 'DisruptionAllowed');
  return {
    observedGeneration: generation,
    disruptionsAllowed,
    currentHealthy: counts.healthy,
    desiredHealthy,
    expectedPods,
    conditions: [
      {
        type: 'DisruptionAllowed',
        status: allowed,
        reason: allowed === 'True' ? 'SufficientPods' : 'InsufficientPods',
        message: '',
        observedGeneration: generation,
        lastTransitionTime: last?.status === allowed ? (last.lastTransitionTime ?? now) : now,
      },
    ],
  };
}
