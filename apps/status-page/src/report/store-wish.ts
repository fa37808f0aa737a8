import { randomUUID } from 'node:crypto';
import type { VisitorReport } from '@tocsin/contract';
import { Pool } from 'pg';
import type { Log } from '../log.ts';

/** Writes what visitors ask for as rows; the responder does the rest. */
export interface Wishes {
  report(report: VisitorReport): Promise<void>;
  close(): Promise<void>;
}

const answerMs = 3000;

/** Two connections at most: however many forms come, the database keeps its connections for who pages. */
export function createWishes(databaseUrl: string, serviceId: string, log: Log): Wishes {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'tocsin-status-page',
    max: 2,
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
  });
  pool.on('error', (error) => log('warn', `database connection lost: ${error.message}`));
  return {
    report: async (report) => {
      await pool.query(
        `with stored as (
           insert into status_page_wishes (id, service_id, kind, wish) values ($1, $2, 'report', $3) returning id)
         select pg_notify('status_page_wishes', id) from stored`,
        [`wish_${randomUUID()}`, serviceId, JSON.stringify(report)],
      );
    },
    close: () => pool.end(),
  };
}
