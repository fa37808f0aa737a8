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
/** Nobody tells us of a connection that a wall in between has forgotten: it is asked now and then. */
const askMs = 10_000;

/** One connection of its own for LISTEN, opened at the first use and opened again when it breaks. */
export function createListener(url: string, log?: Logger): Listener {
  const heard = new Map<string, Set<Hear>>();
  let client: Client | null = null;
  let opening: Promise<void> | null = null;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;
  let own = 0;
  const asking = setInterval(() => askWhetherThere(client, reopen), askMs).unref();

  async function open(): Promise<void> {
    client = await openListening(url, {
      channels: () => heard.keys(),
      hear: (notice, processId) => {
        if (processId !== own) tellOf(heard, notice);
      },
      broke: reopen,
    });
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
      clearInterval(asking);
      if (retry !== null) clearTimeout(retry);
      await opening?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}

function askWhetherThere(client: Client | null, reopen: (broken: Client, reason: string) => void): void {
  client?.query('select 1').catch((error: unknown) => {
    reopen(client, String(error));
    void client.end().catch(() => undefined);
  });
}

interface Listening {
  channels(): Iterable<string>;
  hear(notice: Notice, processId: number): void;
  broke(client: Client, reason: string): void;
}

/** A connection that listens on every channel. */
async function openListening(url: string, listening: Listening): Promise<Client> {
  const fresh = listeningClient(url);
  fresh.on('notification', ({ channel, payload = '', processId }) =>
    listening.hear({ channel, payload }, processId),
  );
  try {
    await fresh.connect();
    fresh.on('error', (error) => listening.broke(fresh, error.message));
    fresh.on('end', () => listening.broke(fresh, 'connection ended'));
    for (const channel of listening.channels()) await fresh.query(`listen ${quote(channel)}`);
    return fresh;
  } catch (error) {
    void fresh.end().catch(() => undefined);
    throw error;
  }
}

/** Several rooms begin to listen at once: they do not wait for each other. */
function listeningClient(url: string): Client {
  return new Client({
    connectionString: url,
    application_name: 'tocsin-listen',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
    pipeline: true,
  });
}

function tellOf(heard: ReadonlyMap<string, ReadonlySet<Hear>>, { channel, payload }: Notice): void {
  for (const hear of heard.get(channel) ?? []) hear(payload);
}

function quote(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
