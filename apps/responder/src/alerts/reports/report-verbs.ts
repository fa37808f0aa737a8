import type { EpochMs, ReportFact, ReportKind, RestrictedFlag } from '#facts';
import { AppError, type Database, newId, type Queryable, type Transaction } from '#platform';

/** What somebody says about the service. */
export interface ReportDraft {
  readonly kind: ReportKind;
  readonly tenant: string | null;
  readonly text: string;
  readonly flag: RestrictedFlag | null;
  /** When it was noticed; null: now. */
  readonly noticedAt: EpochMs | null;
}

/** Who says it, as the audit log names them. */
export type Reporter = Readonly<Record<string, string>>;

export interface Report extends ReportFact {
  readonly closedAt: EpochMs | null;
  readonly closedBy: Reporter | null;
  readonly closedBecause: string | null;
}

const columns = `id, kind, tenant, text, flag, first_at as "firstAt", last_at as "lastAt", count,
  closed_at as "closedAt", closed_by as "closedBy", closed_because as "closedBecause"`;
const longestAheadMs = 60_000;

/** Stores a report; one of the same kind, tenant and flag that is still open counts up instead. Answers what stands then. */
export function takeReport(
  db: Database,
  serviceId: string,
  draft: ReportDraft,
  reporter: Reporter,
): Promise<Report> {
  return db.transact(async (tx) => {
    const { rows: clock } = await tx.query<{ now: EpochMs }>('select clock_timestamp() as now');
    const now = clock[0]?.now ?? 0;
    const noticedAt = draft.noticedAt ?? now;
    if (noticedAt > now + longestAheadMs)
      throw new AppError(
        'invalid',
        `body.noticedAt: ${new Date(noticedAt).toISOString()}; expected an instant that has passed`,
      );
    const { rows } = await tx.query<Report>(
      `insert into reports as r (service_id, id, kind, tenant, text, flag, first_at, last_at, count)
       values ($1, $2, $3, $4, $5, $6, $7, $7, 1)
       on conflict (service_id, kind, coalesce(tenant, ''), coalesce(flag, '')) where closed_at is null
       do update set count = r.count + 1, first_at = least(r.first_at, excluded.first_at),
         last_at = greatest(r.last_at, excluded.last_at)
       returning ${columns}`,
      [serviceId, newId('rep'), draft.kind, draft.tenant, draft.text, draft.flag, new Date(noticedAt)],
    );
    const [report] = rows;
    if (report === undefined) throw new Error('a report was stored and is not there');
    await tx.query(
      `insert into report_entries (service_id, report_id, text, noticed_at, received_at, actor)
       values ($1, $2, $3, $4, $5, $6)`,
      [serviceId, report.id, draft.text, new Date(noticedAt), new Date(now), JSON.stringify(reporter)],
    );
    tx.notify('reports', serviceId);
    return report;
  });
}

/** Open reports, newest first. */
export async function readOpenReports(db: Queryable, serviceId: string): Promise<readonly Report[]> {
  const { rows } = await db.query<Report>(
    `select ${columns} from reports where service_id = $1 and closed_at is null order by last_at desc, id limit 200`,
    [serviceId],
  );
  return rows;
}

/** Open ones first, then those closed last. */
export async function readReports(
  db: Queryable,
  serviceId: string,
  limit: number,
): Promise<readonly Report[]> {
  const { rows } = await db.query<Report>(
    `select ${columns} from reports where service_id = $1
     order by closed_at is not null, coalesce(closed_at, last_at) desc, id limit $2`,
    [serviceId, limit],
  );
  return rows;
}

/** Closes one on a person's word. Throws AppError `not-found`, or `conflict` when it is closed already. */
export function closeReport(
  db: Database,
  serviceId: string,
  id: string,
  by: { readonly reporter: Reporter; readonly because: string },
): Promise<Report> {
  return db.transact(async (tx) => {
    const { rows } = await tx.query<Report>(
      `select ${columns} from reports where service_id = $1 and id = $2 for update`,
      [serviceId, id],
    );
    const [report] = rows;
    if (report === undefined) throw new AppError('not-found', `report "${id}": there is none with this id`);
    if (report.closedAt !== null) throw new AppError('conflict', `report "${id}": it is closed already`);
    const closed = await tx.query<Report>(
      `update reports set closed_at = clock_timestamp(), closed_by = $3, closed_because = $4
       where service_id = $1 and id = $2 returning ${columns}`,
      [serviceId, id, JSON.stringify(by.reporter), by.because],
    );
    tx.notify('reports', serviceId);
    return closed.rows[0] ?? report;
  });
}

/** Closes what was said before `until`, when the incident that it belongs to has ended. */
export async function closeReportsUntil(
  tx: Transaction,
  serviceId: string,
  until: EpochMs,
  because: string,
): Promise<void> {
  const { rowCount } = await tx.query(
    `update reports set closed_at = clock_timestamp(), closed_by = $4, closed_because = $3
     where service_id = $1 and closed_at is null and last_at <= $2`,
    [serviceId, new Date(until), because, JSON.stringify({ kind: 'system', id: 'incidents' })],
  );
  if (rowCount > 0) tx.notify('reports', serviceId);
}
