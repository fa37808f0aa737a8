import { effectOfPipeline } from '@tocsin/runbook';
import type { Step } from '#incidents';
import type { RowContext } from '#platform';
import type { JobRow, StepsCommand } from '../jobs/job.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';
import { readChange, undoArgv } from './change.ts';
import { prepareRequested } from './prepare-requested.ts';
import type { Preparable } from './prepare-step.ts';

/** Makes the way back of a step ready to be approved. */
export async function prepareUndo(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const about = await loadIncident(room, job.incident_id);
  const { stepId, requestedBy } = job.payload as unknown as Extract<StepsCommand, { kind: 'prepare-undo' }>;
  const step = about.incident.steps.find((one) => one.id === stepId);
  const action = step === undefined ? null : wayBack(step);
  await prepareRequested(
    room,
    { about, action, requested: { requestedBy, undoes: stepId } },
    { job, context },
  );
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
