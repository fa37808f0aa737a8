import { escapeLiteral, type PoolClient } from 'pg';
import type { Config } from '../config.ts';
import { Problem } from '../errors/problem.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { explainFailure, unavailable } from './explain-failure.ts';
import { openPool, type BoundedPool, type PoolListener, type PoolState } from './open-pool.ts';
import type { TenantStatement } from './tenant-statement.ts';
import { watchSilence } from './watch-silence.ts';
import { textMode, type TextRow } from './text-rows.ts';

/** The tenant-fenced way into PostgreSQL: one bounded pool, every query fenced by a tenant. */
export interface Database {
  /** Runs `work` in a transaction that sees the rows of `tenant` only. Throws a `Problem` (503) when there is no database or no free connection. */
  forTenant<T>(tenant: string, work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** Runs one fenced statement in one round trip. Throws like `forTenant`. */
  read(statement: TenantStatement, tenant: string, values: readonly unknown[]): Promise<TextRow[]>;
  /** Round trip to the database in milliseconds; rejects like `forTenant`, at the latest after `limitMs`. */
  ping(limitMs: number): Promise<number>;
  poolState(): PoolState;
  close(): Promise<void>;
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

/** Lends a connection to `work`; one that failed in a way that leaves its state unknown is thrown away. */
async function lend<T>(
  pool: BoundedPool,
  config: Config,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const silence = watchSilence(client, config);
  // Emitted after each statement that was answered.
  client.on('drain', silence.heard);
  const giveBack = (broken: boolean): void => {
    silence.end();
    client.off('drain', silence.heard);
    client.release(broken);
  };
  try {
    const result = await work(client);
    giveBack(false);
    return result;
  } catch (error) {
    // A refusal of ours was rolled back; anything else may have left the connection in any state.
    giveBack(!(error instanceof Problem));
    throw explainFailure(silence.explain(error));
  }
}

/** Values are bound, but a simple query saves a round trip; the tenant was checked when its token was. */
async function begin(client: PoolClient, tenant: string): Promise<void> {
  await client.query(`BEGIN; SELECT set_config('app.tenant', ${escapeLiteral(tenant)}, true)`);
}

async function transact<T>(
  client: PoolClient,
  tenant: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  await begin(client, tenant);
  try {
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (error instanceof Problem) await client.query('ROLLBACK');
    throw error;
  }
}

/** Opens no connection yet: the first request does. */
export function openDatabase(config: Config, ports: { listener: PoolListener; tracing: Tracing }): Database {
  const { listener, tracing } = ports;
  const pool = openPool(config, listener);
  return {
    forTenant: (tenant, work) =>
      tracing.inDatabase('transaction', () => lend(pool, config, (client) => transact(client, tenant, work))),
    read: (statement, tenant, values) =>
      tracing.inDatabase(statement.name, () =>
        pool
          .query<(string | null)[]>({ ...statement, ...textMode, values: [tenant, ...values] })
          .catch((error: unknown) => {
            throw explainFailure(error);
          }),
      ),
    async ping(limitMs) {
      const startedAt = performance.now();
      await within(
        limitMs,
        lend(pool, config, (client) => client.query('SELECT 1')),
      );
      return Math.round((performance.now() - startedAt) * 10) / 10;
    },
    poolState: pool.state,
    close: () => within(2000, pool.end()),
  };
}
