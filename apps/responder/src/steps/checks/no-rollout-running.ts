import type { PreCheck } from './pre-check.ts';

/** No rollout of the workload is under way: its controller has seen the newest wish and carried it out. */
export const noRolloutRunning: PreCheck = {
  name: 'no-rollout-running',
  before: ['drain', 'rollout-restart', 'rollout-undo', 'memory-limit', 'other'],
  check({ live, change }) {
    if (change.kind === 'rollout-undo') return { ok: true, text: 'an undo may end a rollout that is stuck' };
    const one = 'workload' in change ? live.workload : live.deployment;
    if (one === null) return { ok: change.kind === 'other', text: 'the workload is not there' };
    const busy = one.observedGeneration < one.generation || one.updatedReplicas < one.replicas;
    const state = `generation ${one.observedGeneration} of ${one.generation} seen, ${one.updatedReplicas} of ${one.replicas} pods updated`;
    return { ok: !busy, text: `${one.kind}/${one.name}: ${state}` };
  },
};
