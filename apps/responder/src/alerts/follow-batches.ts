import type { Database, Logger } from '#platform';
import { every } from './every.ts';
import { type KnownRow, readBatch, readKnown } from './store/read-alerts.ts';

export interface FollowOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly writer: string;
  readonly log: Logger;
  /** Rows that another responder has written, or all active ones after `onReload`. */
  readonly onRows: (rows: readonly KnownRow[]) => void;
  readonly onReload: () => void;
}

/** Hears what other responders store. */
export interface Follow {
  /** True while it is certain that nothing of the others is missed, and that the database answers. */
  trusted(): boolean;
  stop(): Promise<void>;
}

const beatMs = 1000;
const trustMs = 3000;

/**
 * Reads every active alert, then follows the notices of other responders' batches. It speaks to itself through the database
 * once a second: as long as it hears that, the connection that listens is alive. Otherwise memory is not believed.
 */
export async function followBatches(options: FollowOptions): Promise<Follow> {
  const { db, serviceId, writer, log } = options;
  let trustedUntil = Number.NEGATIVE_INFINITY;
  let loaded = false;

  async function reload(): Promise<void> {
    loaded = false;
    options.onReload();
    for await (const rows of readKnown(db, serviceId)) options.onRows(rows);
    loaded = true;
  }

  async function readOther(batch: number): Promise<void> {
    options.onRows(await readBatch(db, serviceId, batch));
  }

  function distrust(error: unknown): void {
    log.warn(
      { err: error },
      'alerts of other responders could not be read; the database is asked about each',
    );
    trustedUntil = Number.NEGATIVE_INFINITY;
    loaded = false;
  }

  function hear(payload: string | null): void {
    if (payload === null) {
      trustedUntil = Number.NEGATIVE_INFINITY;
      reload().catch(distrust);
      return;
    }
    const [service, from, what = '', sentAt] = payload.split(' ');
    if (service !== serviceId) return;
    if (from !== writer && what !== 'beat') readOther(Number(what)).catch(distrust);
    if (from === writer && what === 'beat') trustedUntil = Number(sentAt) + trustMs;
  }

  const unlisten = await db.listen('alerts', hear);
  await reload();
  const beat = async (): Promise<void> => {
    if (!loaded) await reload();
    await db.query(`select pg_notify('alerts', $1)`, [`${serviceId} ${writer} beat ${performance.now()}`]);
  };
  await beat();
  const stopBeating = every(beatMs, beat, distrust);
  return {
    trusted: () => loaded && performance.now() < trustedUntil,
    stop: async () => {
      await stopBeating();
      unlisten();
    },
  };
}
