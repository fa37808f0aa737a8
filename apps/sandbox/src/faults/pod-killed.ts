import { signalTrees } from '#nodes';
import type { FaultKind } from './fault-kind.ts';
import { findWorker, podSubject } from './find-target.ts';

/** A process that dies: connections are refused until its kubelet has restarted the container. */
export const podKilled: FaultKind = {
  kind: 'pod-killed',
  description: 'Kills every process of one pod with SIGKILL; its kubelet restarts the containers.',
  takes: 'pod',
  inject(ports, { pod }) {
    const worker = findWorker(ports, pod);
    const killed = signalTrees(worker.pids, 'SIGKILL');
    return {
      subject: podSubject(worker),
      done: { processesKilled: killed.length },
      lift: () => ({ note: 'nothing to undo: the kubelet restarts what was killed' }),
    };
  },
};
