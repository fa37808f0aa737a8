import type { ProposedStep } from '#incidents';
import type { RowContext } from '#platform';
import { applyOrLog } from '../apply-or-log.ts';
import type { JobRow } from '../jobs/job.ts';
import type { loadIncident, StepsRoom } from '../steps-room.ts';
import { prepareStep, type Preparable } from './prepare-step.ts';

/** What a person asked for: null when there is nothing to prepare any more. */
interface Requested {
  readonly about: Awaited<ReturnType<typeof loadIncident>>;
  readonly action: Preparable | null;
  readonly requested: Pick<ProposedStep, 'requestedBy' | 'undoes'>;
}

/** Makes a change that a person asked for ready to be approved: a step of its own, with the same checks, dry run and approvals. */
export async function prepareRequested(
  room: StepsRoom,
  { about, action, requested }: Requested,
  { job, context }: { readonly job: JobRow; readonly context: RowContext },
): Promise<void> {
  if (action !== null) {
    const { signal } = context;
    const cause = { id: 'unknown', subject: '' } as const;
    const prepared = await prepareStep(room, action, { ...about, cause, signal, requested });
    signal.throwIfAborted();
    await applyOrLog(room, job.incident_id, { kind: 'steps-prepared', steps: [prepared] });
  }
  await context.update(room.db, `state = 'done', done_at = clock_timestamp()`);
}
