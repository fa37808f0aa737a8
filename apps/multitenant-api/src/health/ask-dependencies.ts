import type { Database } from '../database/database.ts';
import type { Redis } from '../redis/redis.ts';
import type { KeysReport, RemoteKeys } from '../tokens/remote-keys.ts';

/** The longest that a check waits for the database. */
const databaseLimitMs = 1000;

/** How a dependency answered. */
export type DependencyReport =
  | { status: 'ok'; latencyMs: number }
  | { status: 'failing'; reason: string; breaker?: string };

/** The database's answer, and what went wrong in full, for the log alone. */
export async function askDatabase(database: Database): Promise<{ report: DependencyReport; error: unknown }> {
  try {
    return { report: { status: 'ok', latencyMs: await database.ping(databaseLimitMs) }, error: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { report: { status: 'failing', reason }, error };
  }
}

async function askRedis(redis: Redis): Promise<DependencyReport> {
  const latencyMs = await redis.ping();
  if (latencyMs !== undefined) return { status: 'ok', latencyMs };
  return { status: 'failing', reason: 'redis did not answer', breaker: redis.mode() };
}

/** What the service stands on. Redis and the token issuer are named only when they are configured. */
export interface Dependencies {
  database: DependencyReport;
  redis?: DependencyReport;
  tokenIssuer?: KeysReport;
}

/** Asks all of them at once. */
export async function askDependencies(ports: {
  database: Database;
  redis: Redis | null;
  keys: RemoteKeys | null;
}): Promise<Dependencies> {
  const { database, redis, keys } = ports;
  const [{ report }, redisReport] = await Promise.all([
    askDatabase(database),
    redis === null ? null : askRedis(redis),
  ]);
  return {
    database: report,
    ...(redisReport === null ? {} : { redis: redisReport }),
    ...(keys === null ? {} : { tokenIssuer: keys.report(Date.now()) }),
  };
}

/** `failing` without the database; `degraded` without a dependency that is a help only. */
export function overall({ database, redis, tokenIssuer }: Dependencies): 'ok' | 'degraded' | 'failing' {
  if (database.status === 'failing') return 'failing';
  return redis?.status === 'failing' || tokenIssuer?.status === 'failing' ? 'degraded' : 'ok';
}
