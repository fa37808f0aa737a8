import { Pool } from 'pg';
import type { Log } from './log.ts';

const answerMs = 3000;

/** Two connections at most: however many visitors come, the database keeps its connections for who pages. Silence counts as a failure after 3 s. */
export function openPool(databaseUrl: string, log: Log): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'tocsin-status-page',
    max: 2,
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
  });
  pool.on('error', (error) => log('warn', `database connection lost: ${error.message}`));
  return pool;
}
