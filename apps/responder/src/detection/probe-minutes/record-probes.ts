import type { EpochMs, Facts } from '#facts';
import type { Database, Logger } from '#platform';
import { addCounts, countMinutes, type MinuteCount } from './count-minutes.ts';
import { forgetMinutes, storeMinutes } from './store-minutes.ts';

export interface RecordProbesOptions {
  readonly db: Database;
  readonly serviceId: string;
  /** What is seen now; null where another responder watches. */
  readonly facts: () => Pick<Facts, 'probes' | 'controls'> | null;
  /** Whether a maintenance window of the whole service is on. */
  readonly inMaintenance: () => boolean;
  readonly log: Logger;
  readonly now?: () => EpochMs;
  readonly everyMs?: number;
}

export interface ProbeRecorder {
  /** Writes what has ended since the last time. */
  flush(): Promise<void>;
  /** Writes the rest. */
  stop(): Promise<void>;
}

const forgetEveryMs = 3_600_000;
/** A probe that ends in this very millisecond may be told after we looked. */
const settleMs = 1000;
/** Six hours of 50 functions: a database that is away for longer costs minutes that are then unknown, not memory. */
const mostKept = 18_000;

/** Writes down how probes end, one statement every ten seconds; a kill -9 loses the newest ten seconds, never counts them twice. */
export function recordProbes(options: RecordProbesOptions): ProbeRecorder {
  const { db, serviceId, log, now = Date.now, everyMs = 10_000 } = options;
  let countedTo = now();
  let waiting: readonly MinuteCount[] = [];
  let forgottenAt = Number.NEGATIVE_INFINITY;
  let running = Promise.resolve();

  async function write(): Promise<void> {
    const until = now() - settleMs;
    const facts = options.facts();
    const ended = (facts?.probes ?? []).filter(({ endedAt }) => endedAt > countedTo && endedAt <= until);
    countedTo = Math.max(countedTo, until);
    waiting = addCounts(waiting, countMinutes(ended, facts?.controls ?? [])).slice(-mostKept);
    if (waiting.length > 0) await storeMinutes(db, serviceId, waiting, options.inMaintenance());
    waiting = [];
    if (now() - forgottenAt < forgetEveryMs) return;
    await forgetMinutes(db, serviceId);
    forgottenAt = now();
  }

  function flush(): Promise<void> {
    running = running.then(write).catch((error: unknown) => {
      log.warn({ err: error }, 'results of probes could not be stored; they are kept for the next time');
    });
    return running;
  }

  const timer = setInterval(() => void flush(), everyMs);
  return {
    flush,
    stop: () => {
      clearInterval(timer);
      return flush();
    },
  };
}
