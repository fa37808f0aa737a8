import { Pool, types, type PoolClient, type QueryResultRow } from 'pg';
import { createListener, type Unlisten } from './listener.ts';
import type { Logger } from './logger.ts';
import { inOneWrite } from './one-write.ts';
import { statementName } from './statement-name.ts';
import { createTeller, noticeValues, type Notice, sayNotices } from './teller.ts';

/** Something that takes SQL: the pool, or one transaction. */
export interface Queryable {
  /** `timestamptz` comes back as epoch milliseconds, `bigint` as number; give instants as `new Date(ms)`. */
  query<Row extends QueryResultRow = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: Row[]; readonly rowCount: number }>;
}

/** One open transaction; it ends when the function given to `transact` ends. */
export interface Transaction extends Queryable {
  /** Tells listeners of `channel` with the commit: for what nobody may miss. Such commits queue behind each other in PostgreSQL. */
  notify(channel: string, payload: string): void;
  /**
   * Tells listeners of `channel` right after the commit, those of this process at once. Others miss it if this process dies at that
   * instant: for rows that are looked for now and then as well.
   */
  tell(channel: string, payload: string): void;
}

interface HowTransacted {
  readonly lockLimitMs?: number;
  readonly statementLimitMs?: number;
}

export interface Database extends Queryable {
  readonly url: string;
  /**
   * Runs `work` in one transaction: commits its result, rolls back when it throws. Not retried. Waiting for a lock beyond `lockLimitMs`
   * fails with PostgreSQL's 55P03; absent: it waits. `statementLimitMs` replaces the usual limit of each statement.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>, how?: HowTransacted): Promise<T>;
  /** Calls `hear` for every NOTIFY on `channel`; with payload null after a broken connection, when some may be missed. */
  listen(channel: string, hear: (payload: string | null) => void): Promise<Unlisten>;
  close(): Promise<void>;
}

/** A database that has not answered by then has fallen silent: its machine is gone, or a wall between us forgot the connection. */
const usualLimitMs = 15_000;
/** What pg says of such a statement. */
const silence = 'Query read timeout';

const timestamptzOid = 1184;
const bigintOid = 20;

/**
 * A pool of connections to one PostgreSQL. Connection errors surface on the query that meets them; so does silence, after 15 s, and the
 * connection is given up.
 */
export function createDatabase(
  url: string,
  options: {
    readonly connections?: number;
    readonly log?: Logger;
    readonly application?: string;
    readonly statementLimitMs?: number;
  } = {},
): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.connections ?? 16,
    pipeline: true,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    query_timeout: options.statementLimitMs ?? usualLimitMs,
    keepAlive: true,
    application_name: options.application ?? 'tocsin',
    types: { getTypeParser: parserOf as typeof types.getTypeParser },
  });
  // A pooled connection that dies while idle must not take the process with it.
  pool.on('error', (error) => options.log?.warn({ error: error.message }, 'database connection lost'));
  const listener = createListener(url, options.log);
  const teller = createTeller(url, { log: options.log, hearOwn: (processId) => listener.skip(processId) });
  const tell = (notices: readonly Notice[]): void => {
    for (const notice of notices) listener.hear(notice);
    if (notices.length > 0) teller.tell(notices);
  };
  return {
    url,
    query: (sql, values) => run(pool, sql, values),
    transact: async (work, how) => transact(await pool.connect(), work, { tell, how }),
    listen: (channel, hear) => listener.listen(channel, hear),
    close: async () => {
      await teller.close();
      await listener.close();
      await pool.end();
    },
  };
}

function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === timestamptzOid) return (value) => Math.floor(Date.parse(toIso(value)));
  if (oid === bigintOid) return Number;
  return format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text');
}

/** PostgreSQL writes `2026-01-31 10:20:30.123456+00`. */
function toIso(value: string): string {
  const zone = /[+-]\d\d$/.test(value) ? ':00' : '';
  return value.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1') + zone;
}

async function run<Row extends QueryResultRow>(
  client: Pool | PoolClient,
  sql: string,
  values?: readonly unknown[],
  limitMs?: number,
): Promise<{ rows: Row[]; rowCount: number }> {
  const limit = limitMs === undefined ? {} : { query_timeout: limitMs };
  const result = await client.query<Row>(
    values === undefined
      ? { text: sql, ...limit }
      : { name: statementName(sql), text: sql, values: [...values], ...limit },
  );
  return { rows: result.rows, rowCount: result.rowCount ?? 0 };
}

/** Statements that do not wait for each other go out together. */
function runWithin<Row extends QueryResultRow>(
  client: PoolClient,
  sql: string,
  values?: readonly unknown[],
  limitMs?: number,
): Promise<{ rows: Row[]; rowCount: number }> {
  inOneWrite(client);
  return run<Row>(client, sql, values, limitMs);
}

function beginWith({ lockLimitMs }: HowTransacted): string {
  return lockLimitMs === undefined ? 'begin' : `begin; set local lock_timeout = ${Math.round(lockLimitMs)}`;
}

async function transact<T>(
  client: PoolClient,
  work: (tx: Transaction) => Promise<T>,
  {
    tell,
    how = {},
  }: { readonly tell: (notices: readonly Notice[]) => void; readonly how: HowTransacted | undefined },
): Promise<T> {
  let broken: Error | undefined;
  const lost = (error: Error): void => {
    broken = error;
  };
  client.on('error', lost);
  const withCommit: Notice[] = [];
  const afterCommit: Notice[] = [];
  let ended = false;
  try {
    // What follows is sent without waiting for its answer.
    inOneWrite(client);
    const begun = client.query(beginWith(how));
    begun.catch(() => undefined);
    const result = await work({
      // What goes on beside something that has failed must not write outside of the transaction.
      query: (sql, values) =>
        ended
          ? Promise.reject(new Error('the transaction has ended'))
          : runWithin(client, sql, values, how.statementLimitMs),
      notify: (channel, payload) => void withCommit.push({ channel, payload }),
      tell: (channel, payload) => void afterCommit.push({ channel, payload }),
    });
    ended = true;
    await begun;
    if (withCommit.length > 0) await run(client, sayNotices, noticeValues(withCommit));
    const { command } = await client.query('commit');
    if (command !== 'COMMIT')
      throw new Error('the transaction was rolled back: a statement of it had failed');
    tell(afterCommit);
    return result;
  } catch (error) {
    ended = true;
    broken ??= await undo(client, error);
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

/** Answers why the connection cannot be used again; undefined when it can. One that is silent is not asked once more. */
async function undo(client: PoolClient, why: unknown): Promise<Error | undefined> {
  if (why instanceof Error && why.message === silence) return why;
  try {
    await client.query('rollback');
    return undefined;
  } catch (failure) {
    return failure instanceof Error ? failure : new Error(String(failure));
  }
}
