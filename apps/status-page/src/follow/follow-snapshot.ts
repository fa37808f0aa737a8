import { setTimeout as sleep } from 'node:timers/promises';
import { pageSnapshot } from '@tocsin/contract';
import { Client } from 'pg';
import type { Log } from '../log.ts';
import type { HeldSnapshot } from './held-snapshot.ts';

export interface FollowOptions {
  readonly databaseUrl: string;
  readonly serviceId: string;
  readonly log: Log;
  /** Called with every look that succeeded. */
  readonly onLook: (held: HeldSnapshot) => void;
  readonly pollMs?: number;
  readonly now?: () => number;
}

export interface Follower {
  stop(): Promise<void>;
}

const reconnectMs = 1000;
const answerMs = 5000;

interface Row {
  readonly snapshot: unknown;
  readonly revision: string;
  readonly age_ms: number;
}

/** Follows the row of the service: a NOTIFY is heard at once, a look every ten seconds is the fallback. Never gives up. */
export function followSnapshot(options: FollowOptions): Follower {
  const { log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const look = createLook(options);

  async function session(): Promise<void> {
    const client = new Client({
      connectionString: options.databaseUrl,
      application_name: 'tocsin-status-page',
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
      keepAlive: true,
    });
    try {
      await followWith(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function followWith(client: Client): Promise<void> {
    const woken = new Set<() => void>();
    const wake = (): void => woken.forEach((one) => one());
    const failures: Error[] = [];
    client.on('notification', wake);
    client.on('error', (error) => {
      failures.push(error);
      wake();
    });
    await client.connect();
    await client.query('listen status_page');
    while (!signal.aborted) {
      const notified = Promise.withResolvers<void>();
      woken.add(notified.resolve);
      await look(client);
      const rest = sleep(options.pollMs ?? 10_000, undefined, { signal, ref: false }).catch(() => undefined);
      await Promise.race([notified.promise, rest]);
      woken.clear();
      if (failures[0] !== undefined) throw failures[0];
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await session().catch((error: unknown) =>
        log('warn', `the database does not answer, the last snapshot stays: ${(error as Error).message}`),
      );
      await sleep(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

/** One look; the document itself is read when its revision is another one. */
function createLook({ serviceId, onLook, log, now = Date.now }: FollowOptions) {
  let known: { readonly revision: string; readonly held: HeldSnapshot } | null = null;
  return async (client: Client): Promise<void> => {
    const { rows } = await client.query<Row>(
      `select case when revision is distinct from $2 then snapshot end as snapshot, revision,
         extract(epoch from clock_timestamp() - checked_at)::float8 * 1000 as age_ms
       from status_page_snapshots where service_id = $1`,
      [serviceId, known?.revision ?? null],
    );
    const [row] = rows;
    if (row === undefined) return;
    const confirmedAt = now() - Math.max(0, row.age_ms);
    const snapshot = row.snapshot === null ? known?.held.snapshot : pageSnapshot.safeParse(row.snapshot).data;
    if (snapshot === undefined) {
      log('error', `revision ${row.revision}: not a snapshot of this version; the last one stays`);
      return;
    }
    known = { revision: row.revision, held: { snapshot, confirmedAt } };
    onLook(known.held);
  };
}
