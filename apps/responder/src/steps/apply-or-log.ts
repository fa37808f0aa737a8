import type { LaterInput } from '#incidents';
import { AppError } from '#platform';
import { stepsActor } from './ports.ts';
import type { StepsRoom } from './steps-room.ts';

/** Tells the incident what happened. A refusal (already resolved, already known) is logged and ends the job; false then. */
export async function applyOrLog(room: StepsRoom, incidentId: string, body: LaterInput): Promise<boolean> {
  try {
    await room.incidents.apply(incidentId, body, stepsActor);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    room.log.warn(
      { incidentId, kind: body.kind, reason: error.message },
      'the incident did not take a result',
    );
    return false;
  }
}
