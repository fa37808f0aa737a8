import type { RowContext } from '#platform';
import { applyOrLog } from '../apply-or-log.ts';
import { findAction } from '../find-action.ts';
import type { JobRow, StepsCommand } from '../jobs/job.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';
import { prepareStep } from './prepare-step.ts';

/** Makes a change that no document names ready to be approved, with the same checks, dry run and approvals. */
export async function prepareAsked(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const about = await loadIncident(room, job.incident_id);
  const { actionId, requestedBy } = job.payload as unknown as Extract<
    StepsCommand,
    { kind: 'prepare-asked' }
  >;
  const action = findAction(about, actionId);
  if (action !== null) {
    const cause = { id: 'unknown', subject: '' } as const;
    const { signal } = context;
    const prepared = await prepareStep(room, action, { ...about, cause, signal, requested: { requestedBy } });
    signal.throwIfAborted();
    await applyOrLog(room, job.incident_id, { kind: 'steps-prepared', steps: [prepared] });
  }
  await context.update(room.db, `state = 'done', done_at = clock_timestamp()`);
}
