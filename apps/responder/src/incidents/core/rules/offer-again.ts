import type { EpochMs } from '#facts';
import type { Incident, Step } from '../incident.ts';
import { offerAgainMostMs, offerAgainMs, settleMs } from './durations.ts';

/** Under way, or still to be answered. */
export function isPending(step: Step): boolean {
  return step.endedAt === null;
}

/** Under way now. */
export function isRunning(step: Step): boolean {
  return step.startedAt !== null && step.endedAt === null;
}

/** Ended without having done what it was for, and without a person's no. */
export function cameToNothing(step: Step): boolean {
  return (
    step.status === 'expired' ||
    step.status === 'blocked' ||
    step.status === 'failed' ||
    step.status === 'unknown'
  );
}

/** Whether the step, by the values filled in, is for this subject; without values it is for any. */
export function isAbout(step: Step, subject: string): boolean {
  const filled = Object.values(step.values);
  return filled.length === 0 || filled.includes(subject.slice(subject.indexOf('/') + 1));
}

/** Whether a change has just done what it was for: connections and retries take a while to find the way back. */
export function isSettling(incident: Incident, at: EpochMs): boolean {
  return incident.steps.some(
    (step) => step.status === 'succeeded' && step.endedAt !== null && at - step.endedAt < settleMs,
  );
}

/** Whether changes asked for just now may still be on their way. */
export function isAsked(incident: Incident, at: EpochMs): boolean {
  return incident.stepsRequestedAt !== null && at - incident.stepsRequestedAt < offerAgainMs;
}

/**
 * Which of the document's changes are to be prepared anew: their newest offer came to nothing, and none of them still waits.
 * They are offered together, so that they keep their order. Nothing runs by this: a person is asked again.
 */
export function toOfferAgain(
  incident: Incident,
  { changes, subject }: { readonly changes: readonly string[]; readonly subject: string },
  at: EpochMs,
): readonly string[] {
  if (isAsked(incident, at)) return [];
  const own = incident.steps.filter((step) => isAbout(step, subject));
  const offers = changes.map((id) => own.findLast((step) => step.actionId === id) ?? null);
  if (offers.some((step) => step !== null && isPending(step))) return [];
  const tried = offers.flatMap((step) => step ?? []);
  if (tried.length === 0) return [];
  return changes.filter((_id, index) => {
    const step = offers[index] ?? null;
    // What was prepared and not chosen has its turn when what was chosen has ended and the outage lasts.
    return step === null || (cameToNothing(step) && at >= againAt(incident, step));
  });
}

/** An expired offer is renewed at once: somebody may be looking for it. What failed needs other facts, and is asked ever more slowly. */
function againAt(incident: Incident, step: Step): EpochMs {
  const endedAt = step.endedAt ?? step.proposedAt;
  if (step.status === 'expired') return endedAt;
  const askedAt = Math.max(endedAt, incident.stepsRequestedAt ?? endedAt);
  return askedAt + Math.min(offerAgainMostMs, Math.max(offerAgainMs, (askedAt - endedAt) / 2));
}
