import { signalTrees, type Kubelet } from '#nodes';
import type { FaultKind } from './fault-kind.ts';
import { findLivingNode } from './find-target.ts';

/** A machine that hangs: connections are accepted and never answered, its kubelet and lease are silent. */
export const nodeFrozen: FaultKind = {
  kind: 'node-frozen',
  description:
    'Stops every process of a node and its kubelet: connections hang, the lease ages, log reads hang.',
  takes: 'node',
  inject(ports, { node }) {
    const kubelet = findLivingNode(ports, node);
    kubelet.freeze('silent');
    const stopped = signalAll(kubelet, 'SIGSTOP');
    return {
      subject: `node/${kubelet.name}`,
      done: { pods: podNames(kubelet), processesStopped: stopped.length },
      lift() {
        const continued = signalAll(kubelet, 'SIGCONT');
        kubelet.thaw();
        return { pods: podNames(kubelet), processesContinued: continued.length };
      },
    };
  },
};

function signalAll(kubelet: Kubelet, signal: NodeJS.Signals): number[] {
  return signalTrees(
    kubelet.workers().flatMap(({ pids }) => pids),
    signal,
  );
}

function podNames(kubelet: Kubelet): string[] {
  return kubelet.workers().map(({ pod }) => `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
}
