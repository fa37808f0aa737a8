import type { RowContext } from '#platform';
import { findAction } from '../find-action.ts';
import type { JobRow, StepsCommand } from '../jobs/job.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';
import { prepareRequested } from './prepare-requested.ts';

/** Makes a change that no document names ready to be approved. */
export async function prepareAsked(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const about = await loadIncident(room, job.incident_id);
  const { actionId, requestedBy } = job.payload as unknown as Extract<
    StepsCommand,
    { kind: 'prepare-asked' }
  >;
  const action = findAction(about, actionId);
  await prepareRequested(room, { about, action, requested: { requestedBy } }, { job, context });
}
