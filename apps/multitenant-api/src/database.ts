import { Pool, type PoolClient } from 'pg';
import type { Config } from './config.ts';
import { Problem } from './problem.ts';

/** How full the pool is, in connections (`waiting`: in requests that wait for one). */
export interface PoolState {
  size: number;
  inUse: number;
  idle: number;
  waiting: number;
}

/** The tenant-fenced way into PostgreSQL: one bounded pool, every query inside a tenant's transaction. */
export interface Database {
  /** Runs `work` in a transaction that sees the rows of `tenant` only. Throws a `Problem` (503) when there is no database or no free connection. */
  forTenant<T>(tenant: string, work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** Round trip to the database in milliseconds; rejects like `forTenant`, at the latest after `limitMs`. */
  ping(limitMs: number): Promise<number>;
  poolState(): PoolState;
  close(): Promise<void>;
}

function poolOf(config: Config): Pool {
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
    // The server cancels first; the client's own limit is for a server that no longer answers at all.
    statement_timeout: config.QUERY_TIMEOUT_MS,
    query_timeout: config.QUERY_TIMEOUT_MS + 250,
    idle_in_transaction_session_timeout: 30_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
}

function unavailable(detail: string, cause: unknown): Problem {
  return new Problem('unavailable', detail, { cause });
}

/** What PostgreSQL refused by its own rules (SQLSTATE outside connection, resource and shutdown classes) is a bug of ours. */
function meansUnavailable(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^[0-9A-Z]{5}$/.test(code)) return /^(08|53|57|25P03|3D000|28|42P01)/.test(code);
  return true;
}

async function connect(pool: Pool): Promise<PoolClient> {
  const full = pool.totalCount >= pool.options.max && pool.idleCount === 0;
  try {
    return await pool.connect();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    if (full && reason.startsWith('timeout exceeded')) {
      const taken = `all ${pool.options.max} connections in use, ${pool.waitingCount} requests waiting`;
      throw unavailable(
        `connection pool exhausted: ${taken}; gave up after ${pool.options.connectionTimeoutMillis} ms`,
        cause,
      );
    }
    throw unavailable(`database cannot be reached: ${reason}`, cause);
  }
}

/** Lends a connection to `work`; one that failed in a way that leaves its state unknown is thrown away. */
async function lend<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await connect(pool);
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    if (error instanceof Error && !(error instanceof Problem) && meansUnavailable(error)) {
      throw unavailable(`database did not answer: ${error.message}`, error);
    }
    throw error;
  }
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(unavailable(`database did not answer within ${limitMs} ms`, undefined)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Opens no connection yet: the first request does. `onLost` hears of idle connections that the server closed. */
export function openDatabase(config: Config, onLost: (error: Error) => void): Database {
  const pool = poolOf(config);
  pool.on('error', onLost);
  // A lent connection that breaks tells the query in flight; between two queries nobody listens, which would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    forTenant: (tenant, work) =>
      lend(pool, async (client) => {
        await client.query('BEGIN');
        await client.query("SELECT set_config('app.tenant', $1, true)", [tenant]);
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      }),
    async ping(limitMs) {
      const startedAt = performance.now();
      await within(
        limitMs,
        lend(pool, (client) => client.query('SELECT 1')),
      );
      return Math.round((performance.now() - startedAt) * 10) / 10;
    },
    poolState: () => ({
      size: pool.totalCount,
      inUse: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => within(2000, pool.end()),
  };
}
