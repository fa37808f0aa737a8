import { databaseNow, type RowContext } from '#platform';
import { applyOrLog } from '../apply-or-log.ts';
import { findAction } from '../find-action.ts';
import type { JobRow } from '../jobs/job.ts';
import { knownSecrets } from '../probes/tenant-token.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';
import { keepEvidence, readEvidence, summarize, type EvidenceRecord } from './keep-evidence.ts';
import { readAction } from './read-action.ts';
import { notRun, type ReadResult } from './read-outcome.ts';

/** A read that took the responder down with it three times is given up, and said. */
const mostAttempts = 3;

/** One read of the document: run once, frozen, told to the incident. A crash in between repeats only what is missing. */
export async function gatherEvidence(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const { incident, plan } = await loadIncident(room, job.incident_id);
  const actionId = String(job.payload['actionId']);
  const action = findAction({ plan, incident }, actionId);
  const id = `ev_${job.id}`;
  const kept = await readEvidence(room.db, id);
  const record = kept ?? (await readAndKeep(room, { id, actionId, job }, context.signal));
  if (!incident.evidence.some((one) => one.id === id)) {
    const evidence = summarize(record, action?.label ?? action?.text ?? actionId);
    await applyOrLog(room, job.incident_id, { kind: 'evidence', evidence });
  }
  await context.update(room.db, `state = 'done', done_at = clock_timestamp()`);
}

async function readAndKeep(
  room: StepsRoom,
  one: { readonly id: string; readonly actionId: string; readonly job: JobRow },
  signal: AbortSignal,
): Promise<EvidenceRecord> {
  const { id, actionId, job } = one;
  const { incident, plan } = await loadIncident(room, job.incident_id);
  const action = findAction({ plan, incident }, actionId);
  await room.pagesOut();
  const startedAt = await databaseNow(room.db);
  let result: ReadResult;
  if (action === null) result = notRun(`action "${actionId}" is not in the plan`);
  else if (job.attempts > mostAttempts)
    result = notRun(`given up after ${mostAttempts} tries that did not end`);
  else {
    const live = room.live.open(job.incident_id, { actionId, command: action.text });
    result = await readAction(action, { ...room, signal, onText: live.add }).finally(live.close);
  }
  // A read that ended because we stop, or lost the row, is nobody's finding.
  signal.throwIfAborted();
  const secrets = await knownSecrets(room.service);
  const command = action?.text ?? actionId;
  return keepEvidence(room.db, {
    id,
    incidentId: job.incident_id,
    actionId,
    command,
    startedAt,
    result,
    secrets,
  });
}
