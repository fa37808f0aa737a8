import { Client } from 'pg';
import type { Logger } from './logger.ts';
import type { Notice } from './teller.ts';

export type Unlisten = () => void;
type Hear = (payload: string | null) => void;

export interface Listener {
  listen(channel: string, hear: Hear): Promise<Unlisten>;
  /** Tells the listeners of this process, without the database. */
  hear(notice: Notice): void;
  /** What this connection of our own says is heard already. */
  skip(processId: number): void;
  close(): Promise<void>;
}

const reconnectMs = 500;

/** One connection of its own for LISTEN, opened at the first use and opened again when it breaks. */
export function createListener(url: string, log?: Logger): Listener {
  const heard = new Map<string, Set<Hear>>();
  let client: Client | null = null;
  let opening: Promise<void> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;
  let own = 0;

  async function open(): Promise<void> {
    const fresh = listeningClient(url);
    fresh.on('notification', ({ channel, payload = '', processId }) => {
      if (processId !== own) tellOf(heard, { channel, payload });
    });
    await fresh.connect();
    fresh.on('error', (error) => reopen(fresh, error.message));
    fresh.on('end', () => reopen(fresh, 'connection ended'));
    for (const channel of heard.keys()) await fresh.query(`listen ${quote(channel)}`);
    client = fresh;
  }

  function reopen(broken: Client, reason: string): void {
    if (closed || (client !== null && client !== broken) || retry !== null) return;
    client = null;
    log?.warn({ reason }, 'listening for database notices broke off; trying again');
    retry = setTimeout(() => {
      retry = null;
      opening = open().then(tellAll, (error: unknown) => reopen(broken, String(error)));
    }, reconnectMs);
  }

  function tellAll(): void {
    for (const hears of heard.values()) for (const hear of hears) hear(null);
  }

  return {
    listen: async (channel, hear) => {
      const hears = heard.get(channel) ?? new Set();
      heard.set(channel, hears.add(hear));
      opening ??= open().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      await opening;
      await client?.query(`listen ${quote(channel)}`);
      return () => hears.delete(hear);
    },
    // Not within the caller's own work, and after what it commits next to it.
    hear: (notice) => void setImmediate(() => tellOf(heard, notice)),
    skip: (processId) => {
      own = processId;
    },
    close: async () => {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      await opening?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}

/** Several rooms begin to listen at once: they do not wait for each other. */
function listeningClient(url: string): Client {
  return new Client({
    connectionString: url,
    application_name: 'tocsin-listen',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    pipeline: true,
  });
}

function tellOf(heard: ReadonlyMap<string, ReadonlySet<Hear>>, { channel, payload }: Notice): void {
  for (const hear of heard.get(channel) ?? []) hear(payload);
}

function quote(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
