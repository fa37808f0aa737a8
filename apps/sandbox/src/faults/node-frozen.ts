import { signalTree, type Kubelet } from '#nodes';
import { FaultRefused, type FaultKind } from './fault-kind.ts';
import { chooseNode, findKubelet } from './find-target.ts';

/** A machine that hangs: connections are accepted and never answered, its kubelet and lease are silent. */
export const nodeFrozen: FaultKind = {
  kind: 'node-frozen',
  description:
    'Stops every process of a node and its kubelet: connections hang, the lease ages, log reads hang.',
  inject(ports, { node, pod }) {
    if (pod !== undefined) throw new FaultRefused(400, 'pod: not expected; node-frozen takes a node');
    const kubelet = node === undefined ? chooseNode(ports) : findKubelet(ports, node);
    if (kubelet.frozen) throw new FaultRefused(409, `node: ${kubelet.name} is frozen already`);
    kubelet.freeze();
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
  return kubelet.workers().flatMap((worker) => worker.pids.flatMap((pid) => signalTree(pid, signal)));
}

function podNames(kubelet: Kubelet): string[] {
  return kubelet.workers().map(({ pod }) => `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
}
