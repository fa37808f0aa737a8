import { effectOfPipeline } from '@tocsin/runbook';
import type { Step } from '#incidents';
import type { RowContext } from '#platform';
import { applyOrLog } from '../apply-or-log.ts';
import type { JobRow, StepsCommand } from '../jobs/job.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';
import { readChange, undoArgv } from './change.ts';
import { prepareStep, type Preparable } from './prepare-step.ts';

/** Makes the way back of a step ready to be approved: a step of its own, with checks, dry run and approvals. */
export async function prepareUndo(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const { incident, plan } = await loadIncident(room, job.incident_id);
  const { stepId, requestedBy } = job.payload as unknown as Extract<StepsCommand, { kind: 'prepare-undo' }>;
  const step = incident.steps.find((one) => one.id === stepId);
  const action = step === undefined ? null : wayBack(step);
  if (action !== null) {
    const cause = { id: 'unknown', subject: '' } as const;
    const prepared = await prepareStep(room, action, {
      incident,
      plan,
      cause,
      signal: context.signal,
      requested: { requestedBy, undoes: stepId },
    });
    context.signal.throwIfAborted();
    await applyOrLog(room, job.incident_id, { kind: 'steps-prepared', steps: [prepared] });
  }
  await context.update(room.db, `state = 'done', done_at = clock_timestamp()`);
}

/** What takes the step's change back, as an action that no document names. */
function wayBack({ id, label, pipeline }: Pick<Step, 'id' | 'label' | 'pipeline'>): Preparable | null {
  const argv = undoArgv(readChange(pipeline));
  if (argv === null) return null;
  const back = [[...argv]];
  const effect = effectOfPipeline(back);
  return {
    id: `undo-${id}`,
    label: `Undo: ${label}`,
    text: argv.join(' '),
    pipeline: back,
    effect,
    approvals: effect === 'destroy' ? 2 : 1,
    placeholders: [],
  };
}
