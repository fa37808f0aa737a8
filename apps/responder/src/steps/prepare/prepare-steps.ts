import type { RowContext } from '#platform';
import { applyOrLog } from '../apply-or-log.ts';
import { findAction } from '../find-action.ts';
import type { JobRow, StepsCommand } from '../jobs/job.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';
import { prepareStep } from './prepare-step.ts';

const stillOpen: readonly string[] = ['proposed', 'approved', 'running'];

/** Makes the document's changes ready to be approved. Reads of the same branch run as evidence, not here. */
export async function prepareSteps(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const { incident, plan } = await loadIncident(room, job.incident_id);
  const payload = job.payload as unknown as Extract<StepsCommand, { kind: 'prepare-steps' }>;
  const about = { incident, plan, cause: payload.diagnosis, signal: context.signal };
  const actions = payload.actionIds
    .flatMap((id) => findAction({ plan, incident }, id) ?? [])
    .filter((action) => action.effect !== 'read');
  const prepared = await Promise.all(actions.map((action) => prepareStep(room, action, about)));
  context.signal.throwIfAborted();
  const offered = new Set(
    incident.steps.filter((step) => stillOpen.includes(step.status)).map((step) => step.bindingHash),
  );
  const steps = prepared.filter((step) => !offered.has(step.bindingHash));
  if (steps.length > 0) await applyOrLog(room, job.incident_id, { kind: 'steps-prepared', steps });
  await context.update(room.db, `state = 'done', done_at = clock_timestamp()`);
}
