import type { EvidenceSummary } from '#incidents';
import type { Queryable } from '#platform';
import { redact } from '../redact.ts';
import type { ReadResult } from './read-outcome.ts';

/** One read with its whole text, as it was frozen. Instants are epoch milliseconds. */
export interface EvidenceRecord {
  readonly id: string;
  readonly incidentId: string;
  readonly actionId: string;
  readonly command: string;
  readonly mode: EvidenceSummary['mode'];
  readonly outcome: EvidenceSummary['outcome'];
  readonly reason: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly droppedBytes: number;
}

/** What is frozen: which read it was and what it gave. */
export interface NewEvidence {
  readonly id: string;
  readonly incidentId: string;
  readonly actionId: string;
  readonly command: string;
  readonly startedAt: number;
  readonly result: ReadResult;
  readonly secrets: readonly string[];
}

/** Freezes a read, secrets removed; the end is the database's clock. The first one stored under an id stays. */
export async function keepEvidence(db: Queryable, one: NewEvidence): Promise<EvidenceRecord> {
  const { result } = one;
  const clean = (text: string): string => redact(text, one.secrets).replaceAll('\0', '\uFFFD');
  await db.query(
    `insert into evidence (id, incident_id, action_id, command, mode, outcome, reason, started_at, ended_at,
       exit_code, stdout, stderr, dropped_bytes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp(), $9, $10, $11, $12)
     on conflict (id) do nothing`,
    [
      one.id,
      one.incidentId,
      one.actionId,
      clean(one.command),
      result.mode,
      result.outcome,
      result.reason === null ? null : clean(result.reason),
      new Date(one.startedAt),
      result.exitCode,
      clean(result.stdout),
      clean(result.stderr),
      result.droppedBytes,
    ],
  );
  const kept = await readEvidence(db, one.id);
  if (kept === null) throw new Error(`evidence ${one.id}: not there right after it was stored`);
  return kept;
}

/** One record by id, or null. */
export async function readEvidence(db: Queryable, id: string): Promise<EvidenceRecord | null> {
  const { rows } = await db.query<EvidenceRecord & Record<string, unknown>>(
    `select id, incident_id as "incidentId", action_id as "actionId", command, mode, outcome, reason,
       started_at as "startedAt", ended_at as "endedAt", exit_code as "exitCode", stdout, stderr,
       dropped_bytes as "droppedBytes"
     from evidence where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** What the incident's log says of a record; the text stays in the table. */
export function summarize(record: EvidenceRecord, label: string): EvidenceSummary {
  const { id, actionId, command, mode, outcome, reason, startedAt, endedAt } = record;
  const bytes = Buffer.byteLength(record.stdout) + record.droppedBytes;
  return { id, actionId, label, command, mode, outcome, reason, startedAt, endedAt, bytes };
}
