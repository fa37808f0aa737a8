import { signalTrees } from '#nodes';
import type { FaultKind } from './fault-kind.ts';
import { findLivingNode } from './find-target.ts';

/** A machine that is gone: nothing sent to it is answered, not even by its kernel, and what ran on it does not come back. */
export const nodeLost: FaultKind = {
  kind: 'node-lost',
  description:
    'Takes a node off the network for good: packets to it vanish. Undone by a new machine of its name.',
  takes: 'node',
  inject({ reach, ...ports }, { node }) {
    const kubelet = findLivingNode({ reach, ...ports }, node);
    const pids = (): number[] => kubelet.workers().flatMap((worker) => worker.pids);
    kubelet.freeze('silent');
    const stopped = signalTrees(pids(), 'SIGSTOP');
    reach.lostNodes.add(kubelet.name);
    reach.changed();
    return {
      subject: `node/${kubelet.name}`,
      done: { processesLost: stopped.length },
      lift() {
        reach.lostNodes.delete(kubelet.name);
        reach.changed();
        const ended = signalTrees(pids(), 'SIGKILL');
        kubelet.thaw();
        return { machine: 'replaced', processesEnded: ended.length };
      },
    };
  },
};
