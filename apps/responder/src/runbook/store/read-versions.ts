import type { Change, Plan } from '@tocsin/runbook';
import type { Actor } from '#incidents';
import type { Queryable } from '#platform';
import { compileDocument, restoreDocument } from '../compile-document.ts';
import type { RunbookVersion, StoredState, VersionStatus, VersionSummary } from '../runbook-version.ts';

type SummaryRow = Record<string, unknown> & {
  hash: string;
  name: string;
  file: string;
  status: VersionStatus;
  because: string;
  compared_with: string | null;
  changes: Change[];
  seen_at: number;
  taken_at: number | null;
  taken_by: Actor | null;
};

const summaryColumns = `v.hash, p.plan->>'name' as name, p.file, v.status, v.because, v.compared_with, v.changes,
  v.seen_at, v.taken_at, v.taken_by`;

/** The version in use and the one that stands beside it, with their text and plan. */
export async function readState(db: Queryable, serviceId: string): Promise<StoredState> {
  const { rows } = await db.query<SummaryRow & { plan: Plan; markdown: string; sidecar: string | null }>(
    `select ${summaryColumns}, p.plan, p.markdown, p.sidecar from runbook_versions v join plans p using (hash)
     where v.service_id = $1 and v.status <> 'superseded'`,
    [serviceId],
  );
  const versions = rows.map(({ plan, ...row }): RunbookVersion => {
    const { markdown, file, sidecar } = row;
    const text = { markdown, file, ...(sidecar === null ? {} : { sidecar }) };
    const document = row.status === 'refused' ? compileDocument(text) : restoreDocument({ plan, ...text });
    return { ...summaryOf(row), document };
  });
  return {
    inUse: versions.find((one) => one.status === 'in-use') ?? null,
    standing: versions.find((one) => one.status !== 'in-use') ?? null,
  };
}

/** Says in a few characters what `readState` would find: read often, so that a lost notice is noticed. */
export async function readMark(db: Queryable, serviceId: string): Promise<string> {
  const { rows } = await db.query<{ mark: string | null }>(
    `select string_agg(hash || ' ' || status || ' ' || coalesce(taken_at, seen_at), ',' order by hash) as mark
     from runbook_versions where service_id = $1 and status <> 'superseded'`,
    [serviceId],
  );
  return rows[0]?.mark ?? '';
}

/** The latest hundred versions, those seen last first. */
export async function listVersions(db: Queryable, serviceId: string): Promise<readonly VersionSummary[]> {
  const { rows } = await db.query<SummaryRow>(
    `select ${summaryColumns} from runbook_versions v join plans p using (hash)
     where v.service_id = $1 order by greatest(v.seen_at, v.taken_at) desc limit 100`,
    [serviceId],
  );
  return rows.map(summaryOf);
}

/** One version's status; null when this service has never seen it. */
export async function readStatus(
  db: Queryable,
  serviceId: string,
  hash: string,
): Promise<{ readonly status: VersionStatus; readonly comparedWith: string | null } | null> {
  const { rows } = await db.query<{ status: VersionStatus; comparedWith: string | null }>(
    `select status, compared_with as "comparedWith" from runbook_versions where service_id = $1 and hash = $2`,
    [serviceId, hash],
  );
  return rows[0] ?? null;
}

function summaryOf(row: SummaryRow): VersionSummary {
  return {
    hash: row.hash,
    name: row.name,
    file: row.file,
    status: row.status,
    because: row.because,
    comparedWith: row.compared_with,
    changes: row.changes,
    seenAt: row.seen_at,
    takenAt: row.taken_at,
    takenBy: row.taken_by,
  };
}
