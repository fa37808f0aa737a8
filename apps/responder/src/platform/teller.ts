import { Client } from 'pg';
import type { Logger } from './logger.ts';

/** Something that listeners of a channel hear. */
export interface Notice {
  readonly channel: string;
  readonly payload: string;
}

/** Says every notice given; the same one twice is said once. */
export const sayNotices =
  'select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as notice (channel, payload)';

export function noticeValues(notices: readonly Notice[]): readonly [string[], string[]] {
  return [notices.map((one) => one.channel), notices.map((one) => one.payload)];
}

export interface Teller {
  tell(notices: readonly Notice[]): void;
  /** Says what is left, and ends. */
  close(): Promise<void>;
}

const againMs = 500;
/** Rest between two statements: what comes meanwhile goes together. The first is told at once. */
const restMs = 10;

/**
 * Tells other processes what was committed, in the background, over a connection of its own: what gathers while one statement is on
 * its way goes with the next. Commits that carry a notice are written to disk one after the other in PostgreSQL, all others together;
 * this statement need not reach the disk at all. What cannot be told is told again; lost only when this process dies.
 */
export function createTeller(
  url: string,
  options: { readonly log?: Logger; hearOwn(processId: number): void },
): Teller {
  let waiting = new Map<string, Notice>();
  let client: Client | null = null;
  let running: Promise<void> | null = null;
  let closed = false;
  let saidAt = Number.NEGATIVE_INFINITY;

  async function connected(): Promise<Client> {
    client ??= await connect(url, options.hearOwn, (gone) => {
      if (client === gone) client = null;
    });
    return client;
  }

  async function say(): Promise<void> {
    for (;;) {
      if (waiting.size === 0) {
        // In the same turn as the look: what comes next starts it again.
        running = null;
        return;
      }
      if (!closed) await pause(saidAt + restMs - performance.now());
      const saying = waiting;
      waiting = new Map();
      try {
        const values = noticeValues([...saying.values()]);
        await (await connected()).query({ name: 'tell', text: sayNotices, values: [...values] });
        saidAt = performance.now();
      } catch (error) {
        waiting = new Map([...saying, ...waiting]);
        // One that has not answered is not asked again: whatever comes next would queue behind.
        void client?.end().catch(() => undefined);
        client = null;
        if (closed) return;
        options.log?.warn(
          { error: (error as Error).message },
          'other responders cannot be told; trying again',
        );
        await pause(againMs);
      }
    }
  }

  return {
    tell: (notices) => {
      for (const notice of notices) waiting.set(`${notice.channel} ${notice.payload}`, notice);
      running ??= say();
    },
    close: async () => {
      closed = true;
      await running;
      await client?.end().catch(() => undefined);
    },
  };
}

async function connect(
  url: string,
  hearOwn: (processId: number) => void,
  drop: (gone: Client) => void,
): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'tocsin-tell',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 15_000,
    options: '-c synchronous_commit=off',
  });
  client.on('error', () => drop(client));
  client.on('end', () => drop(client));
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  hearOwn(rows[0]?.pid ?? 0);
  return client;
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
