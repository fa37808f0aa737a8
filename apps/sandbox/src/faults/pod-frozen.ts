import { signalTrees } from '#nodes';
import type { FaultKind } from './fault-kind.ts';
import { findWorker, podSubject } from './find-target.ts';

/** A process that hangs: its node and kubelet live, so probes fail and a liveness probe restarts it in the end. */
export const podFrozen: FaultKind = {
  kind: 'pod-frozen',
  description: 'Stops every process of one pod: connections hang, probes time out.',
  takes: 'pod',
  inject(ports, { pod }) {
    const worker = findWorker(ports, pod);
    const frozen = worker.pids;
    const stopped = signalTrees(frozen, 'SIGSTOP');
    return {
      subject: podSubject(worker),
      done: { processesStopped: stopped.length },
      lift() {
        const left = worker.pids.filter((pid) => frozen.includes(pid));
        const continued = signalTrees(left, 'SIGCONT');
        const restarted = left.length < frozen.length;
        return { processesContinued: continued.length, restartedMeanwhile: restarted };
      },
    };
  },
};
