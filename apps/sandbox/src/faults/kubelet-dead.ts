import type { FaultKind } from './fault-kind.ts';
import { findLivingNode } from './find-target.ts';

/** A machine whose kubelet has died: its containers serve on while Kubernetes gives the node up. */
export const kubeletDead: FaultKind = {
  kind: 'kubelet-dead',
  description: 'Ends the kubelet of a node: its lease ages, its containers run on, log reads are refused.',
  takes: 'node',
  inject(ports, { node }) {
    const kubelet = findLivingNode(ports, node);
    kubelet.freeze('refuses');
    return {
      subject: `node/${kubelet.name}`,
      done: { kubelet: 'ended' },
      lift() {
        kubelet.thaw();
        return { kubelet: 'started' };
      },
    };
  },
};
