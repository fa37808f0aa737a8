import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type ChildOptions, type ReadyLine, startChild } from './child.ts';

export interface KeepAliveOptions extends ChildOptions {
  /** Called at every start: with null as soon as the process exists, and again when it is ready. */
  readonly onStarted?: (pid: number, ready: ReadyLine | null) => void;
}

/** A process that is started again when it ends unasked: at once the first time, then after 0.5, 1, 2, 4 and 5 s. */
export interface Supervised {
  readonly firstReady: ReadyLine;
  /** Resolves with the reason when the process has ended ten times in a row without getting ready. */
  readonly givenUp: Promise<string>;
  pid(): number;
  stop(): Promise<void>;
}

const maxFailuresInARow = 10;

/** Starts the process, waits until it is ready, and keeps it running. Rejects when the first start fails. */
export async function keepAlive(options: KeepAliveOptions): Promise<Supervised> {
  const stop = new AbortController();
  let child = start(options);
  const firstReady = await readyOrStopped(child);
  options.onStarted?.(child.pid, firstReady);
  const givenUp = Promise.withResolvers<string>();

  const supervise = async (): Promise<void> => {
    let failures = 0;
    while (!stop.signal.aborted) {
      const { code, signal } = await child.exited;
      if (stop.signal.aborted) return;
      options.onProgress(`ended (${signal ?? `exit ${code}`}); starting it again`);
      await sleep(restartDelayMs(failures));
      if (stop.signal.aborted) return;
      child = start(options);
      failures = await child.ready.then(
        (ready) => {
          options.onStarted?.(child.pid, ready);
          options.onProgress('is back and continues');
          return 0;
        },
        () => failures + 1,
      );
      if (failures >= maxFailuresInARow)
        return givenUp.resolve(`${options.name} does not start; its log is ${options.logFile}`);
    }
  };
  void supervise();

  return {
    firstReady,
    givenUp: givenUp.promise,
    pid: () => child.pid,
    stop: async () => {
      stop.abort();
      await child.stop();
    },
  };
}

/** How long to wait before start number `failures + 1` after an unasked end. */
export function restartDelayMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(250 * 2 ** failures, 5000);
}

function start(options: KeepAliveOptions): Child {
  const child = startChild(options);
  options.onStarted?.(child.pid, null);
  return child;
}

async function readyOrStopped(child: Child): Promise<ReadyLine> {
  try {
    return await child.ready;
  } catch (error) {
    await child.stop();
    throw error;
  }
}
