import type { EpochMs } from '#facts';
import type { Incident } from '#incidents';
import type { Queryable } from '#platform';
import type { Assessment } from './component-state.ts';
import type { IncidentFacts, PublicUpdate } from './public-incident.ts';

interface Row {
  readonly id: string;
  readonly number: number;
  readonly revision: number;
  readonly status: Incident['status'];
  readonly snapshot: Pick<
    Incident,
    | 'drill'
    | 'mergedInto'
    | 'impactStartAt'
    | 'mitigatedAt'
    | 'verifiedAt'
    | 'stableAt'
    | 'resolvedAt'
    | 'assessment'
    | 'impactCorrection'
    | 'affectedTenants'
  >;
}

/** Reads incidents that go on or began after `since`, newest first; what an incident's log says is read once a revision. */
export function incidentFactsReader(db: Queryable, serviceId: string) {
  const known = new Map<string, { readonly revision: number; readonly assessments: readonly Assessment[] }>();

  async function assessmentsOf({ id, revision }: Row): Promise<readonly Assessment[]> {
    const seen = known.get(id);
    if (seen?.revision === revision) return seen.assessments;
    const assessments = await readAssessments(db, id);
    known.set(id, { revision, assessments });
    return assessments;
  }

  return async (since: EpochMs): Promise<readonly IncidentFacts[]> => {
    const rows = await readRows(db, serviceId, since);
    const ids = rows.map(({ id }) => id);
    const updates = Map.groupBy(await readUpdates(db, ids), (one) => one.incident_id);
    const letters = Map.groupBy(await readLetters(db, ids), (one) => one.incident_id);
    for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
    const facts: IncidentFacts[] = [];
    for (const row of rows) {
      const assessments = await assessmentsOf(row);
      facts.push({
        ...factsOf(row),
        assessments,
        updates: (updates.get(row.id) ?? []).map(toUpdate),
        letters: (letters.get(row.id) ?? []).map((one) => ({ ...toUpdate(one), tenant: one.tenant })),
      });
    }
    return facts;
  };
}

function factsOf({
  id,
  number,
  status,
  snapshot,
}: Row): Omit<IncidentFacts, 'assessments' | 'updates' | 'letters'> {
  const { drill, mergedInto, impactStartAt, mitigatedAt, verifiedAt, stableAt, resolvedAt, assessment } =
    snapshot;
  const hasEnded = status === 'resolved' || status === 'stable';
  return {
    id,
    number,
    status,
    isDrill: drill !== null,
    isMerged: mergedInto !== null,
    impactStartAt,
    impactEndAt: mitigatedAt ?? resolvedAt,
    correction: snapshot.impactCorrection ?? null,
    endedAt: hasEnded ? (stableAt ?? resolvedAt) : null,
    isEndMeasured: hasEnded && stableAt !== null && verifiedAt !== null && mergedInto === null,
    assessment,
    affectedTenants: snapshot.affectedTenants ?? [],
  };
}

async function readRows(db: Queryable, serviceId: string, since: EpochMs): Promise<readonly Row[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `select id, number, revision, status,
       json_build_object('drill', snapshot->'drill', 'mergedInto', snapshot->'mergedInto',
         'impactStartAt', snapshot->'impactStartAt', 'mitigatedAt', snapshot->'mitigatedAt',
         'stableAt', snapshot->'stableAt', 'resolvedAt', snapshot->'resolvedAt',
         'assessment', snapshot->'assessment', 'impactCorrection', snapshot->'impactCorrection',
         'affectedTenants', snapshot->'affectedTenants') as snapshot
     from incidents where service_id = $1
       and (status in ('open', 'mitigated', 'verified') or (snapshot->>'impactStartAt')::float8 >= $2)
     order by number desc limit 1000`,
    [serviceId, since],
  );
  return rows;
}

async function readAssessments(db: Queryable, incidentId: string): Promise<readonly Assessment[]> {
  const { rows } = await db.query<{ assessment: Assessment }>(
    `select body->'assessment' as assessment from incident_events
     where incident_id = $1 and body->>'type' in ('opened', 'assessed') order by seq`,
    [incidentId],
  );
  return rows.map((row) => row.assessment);
}

interface UpdateRow {
  readonly id: string;
  readonly incident_id: string;
  readonly status: string;
  readonly body: string;
  readonly at: EpochMs;
  readonly next_due_at: EpochMs | null;
}

async function readUpdates(db: Queryable, incidentIds: readonly string[]): Promise<readonly UpdateRow[]> {
  const { rows } = await db.query<UpdateRow & Record<string, unknown>>(
    `select id, incident_id, status, body, at, next_due_at from updates
     where audience = 'status-page' and incident_id = any($1) order by at desc, id desc`,
    [incidentIds],
  );
  return rows;
}

/** What each tenant was to be written, whether they have an address or not. */
async function readLetters(
  db: Queryable,
  incidentIds: readonly string[],
): Promise<readonly (UpdateRow & { readonly tenant: string })[]> {
  const { rows } = await db.query<UpdateRow & { tenant: string } & Record<string, unknown>>(
    `select distinct u.id, u.incident_id, u.status, u.body, u.at, u.next_due_at, d.tenant
     from updates u join update_deliveries d on d.update_id = u.id
     where u.audience = 'customers' and d.tenant is not null and u.incident_id = any($1)
     order by u.at desc, u.id desc`,
    [incidentIds],
  );
  return rows;
}

function toUpdate({ id, status, body, at, next_due_at: nextDueAt }: UpdateRow): PublicUpdate {
  return { id, status, body, at, nextDueAt };
}
