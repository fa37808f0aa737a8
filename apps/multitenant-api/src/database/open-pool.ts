import { Pool, type PoolClient, type QueryArrayConfig } from 'pg';
import type { Config } from '../config.ts';
import { codeOf, unavailable } from './explain-failure.ts';
import { watchSilence } from './watch-silence.ts';

/** How full the pool is, in connections (`waiting`: in requests that wait for one). */
export interface PoolState {
  size: number;
  inUse: number;
  idle: number;
  waiting: number;
}

/** Who hears of what happens in the pool. */
export interface PoolListener {
  /** The server closed an idle connection. */
  lost(error: Error): void;
  /** A request got a connection after this time. */
  waited(ms: number): void;
  /** A request got none: the queue was full, or its time was up. */
  gaveUp(reason: 'queue-full' | 'timeout'): void;
}

/** A bounded pool: at most `POOL_SIZE` connections, at most `POOL_QUEUE` requests in line, none longer than `POOL_WAIT_MS`. */
export interface BoundedPool {
  /** Throws a `Problem` (503) when there is no database or no free connection. */
  connect(): Promise<PoolClient>;
  /** Runs one statement on a connection of its own and gives its rows. Throws like `connect`, or what PostgreSQL says. */
  query<R extends unknown[]>(statement: QueryArrayConfig): Promise<R[]>;
  state(): PoolState;
  end(): Promise<void>;
}

function createPool(config: Config): Pool {
  return new Pool({
    host: config.PGHOST,
    port: config.PGPORT,
    user: config.PGUSER,
    password: config.PGPASSWORD,
    database: config.PGDATABASE,
    application_name: config.POD_NAME,
    max: config.POOL_SIZE,
    // Also bounds the wait for a free connection.
    connectionTimeoutMillis: config.POOL_WAIT_MS,
    // The server cancels first; `watchSilence` is for a server that no longer answers at all.
    statement_timeout: config.QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 30_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // Instants are read as text: one zone, whatever the server's default is.
    options: '-c TimeZone=UTC',
  });
}

/** The line for a connection: when it is full, and why somebody in it got none. */
function watchLine(
  pool: Pool,
  config: Config,
  listener: PoolListener,
): { isFull: () => boolean; refusal: (full: boolean, cause: unknown) => Error } {
  function refusal(full: boolean, cause: unknown): Error {
    const timedOut = cause instanceof Error && cause.message.startsWith('timeout exceeded');
    if (full && timedOut) {
      listener.gaveUp('timeout');
      const taken = `all ${config.POOL_SIZE} connections in use, ${pool.waitingCount} requests waiting`;
      return unavailable(
        `connection pool exhausted: ${taken}; gave up after ${config.POOL_WAIT_MS} ms`,
        cause,
      );
    }
    const code = codeOf(cause) || (timedOut ? 'timeout' : '');
    return unavailable(`database cannot be reached${code === '' ? '' : ` (${code})`}`, cause);
  }

  /** Whether no connection is free or may be opened. Throws when the line for one is full as well. */
  function isFull(): boolean {
    const full = pool.totalCount >= config.POOL_SIZE && pool.idleCount === 0;
    if (!full || pool.waitingCount < config.POOL_QUEUE) return full;
    listener.gaveUp('queue-full');
    throw unavailable(`connection pool exhausted: ${pool.waitingCount} requests wait already`, undefined);
  }

  return { isFull, refusal };
}

/** Opens no connection yet: the first request does. */
export function openPool(config: Config, listener: PoolListener): BoundedPool {
  const pool = createPool(config);
  pool.on('error', (error) => listener.lost(error));
  // A lent connection that breaks tells the query in flight; between two queries nobody listens, which would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));

  const { isFull, refusal } = watchLine(pool, config, listener);

  return {
    async connect() {
      const full = isFull();
      const startedAt = performance.now();
      const client = await pool.connect().catch((cause: unknown) => {
        throw refusal(full, cause);
      });
      listener.waited(performance.now() - startedAt);
      return client;
    },
    // By callbacks, in one promise: this is what nearly every request does.
    query: <R extends unknown[]>(statement: QueryArrayConfig) =>
      new Promise<R[]>((resolve, reject) => {
        const full = isFull();
        const startedAt = performance.now();
        pool.connect((cause, client, release) => {
          if (client === undefined) {
            reject(refusal(full, cause));
            return;
          }
          listener.waited(performance.now() - startedAt);
          const silence = watchSilence(client, config);
          client.query<R>(statement, (error, found) => {
            silence.end();
            // Whatever went wrong may have left the connection in any state.
            release(error ?? undefined);
            if (error) reject(silence.explain(error));
            else resolve(found.rows);
          });
        });
      }),
    state: () => ({
      size: pool.totalCount,
      inUse: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    end: () => pool.end(),
  };
}
