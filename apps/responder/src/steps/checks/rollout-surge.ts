import type { WorkloadFact } from '#facts';

/** Kubernetes' default of `maxSurge`, rounded up; a StatefulSet replaces its pods where they are. */
const surgeShare = 0.25;

/** Pods that a rollout has at its peak beyond the wanted ones. */
export function rolloutSurge({ kind, replicas }: Pick<WorkloadFact, 'kind' | 'replicas'>): number {
  return kind === 'deployment' ? Math.max(1, Math.ceil(replicas * surgeShare)) : 0;
}
