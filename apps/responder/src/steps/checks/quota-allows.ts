import type { Quota } from '#cluster';
import type { LiveView } from '../live-view.ts';
import type { Change } from '../prepare/change.ts';
import type { PreCheck } from './pre-check.ts';
import { rolloutSurge } from './rollout-surge.ts';

function memoryOf(live: LiveView): number {
  const [pod] = live.workloadPods.filter((one) => one.deletionAt === null);
  return pod?.containers.reduce((sum, one) => sum + (one.memoryLimitBytes ?? 0), 0) ?? 0;
}

function memoryAfter(change: Change, live: LiveView): number {
  if (change.kind !== 'memory-limit') return memoryOf(live);
  const [pod] = live.workloadPods.filter((one) => one.deletionAt === null);
  const of = (name: string) => change.limits.find((one) => one.container === name)?.bytes;
  return pod?.containers.reduce((sum, one) => sum + (of(one.name) ?? one.memoryLimitBytes ?? 0), 0) ?? 0;
}

/** What the change takes at its peak beyond what is taken now, by the quota's names of resources. */
function extra(change: Change, live: LiveView): Readonly<Record<string, number>> {
  if (change.kind === 'rollout-undo') return nextPod(live);
  const replicas = live.workload?.replicas ?? 0;
  const surge = live.workload === null ? 0 : rolloutSurge(live.workload);
  const after = memoryAfter(change, live);
  return {
    pods: surge,
    'count/pods': surge,
    'limits.memory': surge * after + replicas * (after - memoryOf(live)),
  };
}

/** An undo takes the place of pods that are there; where some are missing, the next one has to find room. */
function nextPod(live: LiveView): Readonly<Record<string, number>> {
  const there = live.workloadPods.filter((one) => one.deletionAt === null).length;
  const isMissing = there < (live.workload?.replicas ?? 0);
  return isMissing ? { pods: 1, 'count/pods': 1, 'limits.memory': memoryOf(live) } : {};
}

function overruns({ name, hard, used }: Quota, needed: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(needed).flatMap(([resource, more]) => {
    const limit = hard[resource];
    const taken = used[resource] ?? 0;
    return limit === undefined || more <= 0 || taken + more <= limit
      ? []
      : [`quota ${name} leaves ${limit - taken} of ${resource}, the rollout takes ${more} more at its peak`];
  });
}

/** A rollout needs room for its surge, and for what a raised limit adds: a quota without it leaves the rollout stuck half-way. */
export const quotaAllows: PreCheck = {
  name: 'quota-allows',
  before: ['rollout-restart', 'rollout-undo', 'memory-limit'],
  check({ live, change }) {
    if (live.quotas === null) return { ok: false, text: 'the quotas of the namespace may not be read' };
    if (live.quotas.length === 0) return { ok: true, text: 'no quota in the namespace' };
    const needed = extra(change, live);
    const over = live.quotas.flatMap((one) => overruns(one, needed));
    return over.length === 0
      ? { ok: true, text: `${live.quotas.map(({ name }) => name).join(', ')}: room for the rollout` }
      : { ok: false, text: over.join('; ') };
  },
};
