import type { PodFact } from '#facts';
import type { PreCheck } from './pre-check.ts';

/** Why a container cannot be made at all; the same template gives the same (the kubelet's reasons of a waiting container). */
const neverRan = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
]);

/** What keeps a pod from ever running, or null. */
function obstacle(pod: PodFact): string | null {
  if (pod.unschedulable) return 'no node takes it';
  const reason = pod.containers.map((one) => one.reason ?? '').find((one) => neverRan.has(one));
  return reason ?? null;
}

/** A rollout makes pods of a template: where none are wanted, or none of this template can run, it changes nothing for anybody. */
export const canHelp: PreCheck = {
  name: 'can-help',
  before: ['rollout-restart', 'rollout-undo'],
  check({ live, change }) {
    const { workload } = live;
    if (workload?.replicas === 0)
      return {
        ok: false,
        text: `${workload.kind}/${workload.name} is asked for 0 pods: a rollout starts none`,
      };
    if (change.kind === 'rollout-undo') return { ok: true, text: 'another template is rolled out' };
    const pods = live.workloadPods.filter((pod) => pod.deletionAt === null);
    const stuck = pods.flatMap((pod) => obstacle(pod) ?? []);
    return pods.length > 0 && stuck.length === pods.length
      ? {
          ok: false,
          text: `no pod has come to run (${[...new Set(stuck)].join(', ')}): a restart makes the same again`,
        }
      : { ok: true, text: `${pods.length - stuck.length} of ${pods.length} pods have come to run` };
  },
};
