import { type VisitorReport, visitorReport } from '@tocsin/contract';
import { type Database, type Logger, type RowWorker, startRowWorker } from '#platform';

export interface TakeReportsOptions {
  readonly db: Database;
  readonly serviceId: string;
  /** Takes it as what a customer says; it joins the report that is open. */
  readonly report: (said: string) => Promise<unknown>;
  readonly log: Logger;
}

interface WishRow {
  readonly id: string;
  readonly kind: string;
  readonly wish: unknown;
}

/** Works off what visitors of the status page have reported: at least once each, a repeat counts up the same report. */
export function startTakingReports({ db, serviceId, report, log }: TakeReportsOptions): Promise<RowWorker> {
  return startRowWorker<WishRow>({
    db,
    log,
    table: 'status_page_wishes',
    pending: `done_at is null and kind = 'report' and service_id = ${quoted(serviceId)}`,
    wakeChannel: 'status_page_wishes',
    concurrency: 1,
    graceMs: 2000,
    perform: async ({ id, wish }, context) => {
      const parsed = visitorReport.safeParse(wish);
      if (parsed.success) await report(textOf(parsed.data));
      else log.warn({ id }, 'a report of a visitor cannot be read; it is put aside');
      await context.update(db, 'done_at = clock_timestamp()');
      await db.query(`delete from status_page_wishes where done_at < clock_timestamp() - interval '7 days'`);
    },
  });
}

function textOf({ text, from }: VisitorReport): string {
  return from === null ? `status page: ${text}` : `status page, from ${from}: ${text}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
