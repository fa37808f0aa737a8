import { signalTrees } from '#nodes';
import type { FaultKind } from './fault-kind.ts';
import { findWorker } from './find-target.ts';

const PERIOD_MS = 2_000;
const RUNS_MS = 250;

/** A database that gets an eighth of its time: it answers everything, late. */
export const databaseSlow: FaultKind = {
  kind: 'database-slow',
  description: `Lets PostgreSQL run ${RUNS_MS} ms of every ${PERIOD_MS}: no error, but long waits.`,
  inject(ports) {
    const worker = findWorker(ports, 'platform/postgres-0');
    const signal = (name: NodeJS.Signals): number[] => signalTrees(worker.pids, name);
    let pause: NodeJS.Timeout | undefined;
    const beat = (): void => {
      signal('SIGCONT');
      pause = setTimeout(() => signal('SIGSTOP'), RUNS_MS);
    };
    const timer = setInterval(beat, PERIOD_MS);
    signal('SIGSTOP');
    return {
      subject: 'statefulset/postgres',
      done: { runsMs: RUNS_MS, ofMs: PERIOD_MS },
      lift() {
        clearInterval(timer);
        clearTimeout(pause);
        return { processesContinued: signal('SIGCONT').length };
      },
    };
  },
};
