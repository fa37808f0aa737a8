import type { EpochMs } from '#facts';
import { causeKey } from '../evolve/steps.ts';
import type { Incident, Step, StepStatus } from '../incident.ts';
import { answerFrom } from './durations.ts';
import { isAbout, isPending, isSettling } from './offer-again.ts';
import { whyHandsOff } from './step-turn.ts';

/** How long prepared changes may be on their way before they are missed. */
const onTheWayMs = 30_000;

/**
 * Why nobody is asked for a change although there is harm: in one sentence, for who waits for one. Null while a change waits, runs, is on its way or
 * has done its work, and while hands are off.
 */
export function whyNoStep(incident: Incident, at: EpochMs): string | null {
  if (incident.status !== 'open' || whyHandsOff(incident) !== null) return null;
  if (incident.steps.some(isPending) || isSettling(incident, at)) return null;
  const known = incident.diagnoses.filter((one) => one.id !== 'unknown');
  const best = known.find((one) => one.confidence >= answerFrom);
  if (best === undefined)
    return incident.diagnoses.length === 0 ? null : 'No cause is held true: nothing is offered on a guess.';
  if (!incident.answeredCauses.includes(causeKey(best)) || isOnTheWay(incident, at)) return null;
  const newest = newestOffers(incident.steps.filter((step) => isAbout(step, best.subject)));
  const cause = `${best.id} of ${best.subject}`;
  return newest.length === 0
    ? `The document holds no safe step for ${cause}.`
    : `The document holds no safe step for ${cause} now. ${newest.map(sayEnd).join('. ')}.`;
}

function isOnTheWay({ stepsRequestedAt, steps }: Incident, at: EpochMs): boolean {
  if (stepsRequestedAt === null || at - stepsRequestedAt >= onTheWayMs) return false;
  return !steps.some((step) => step.proposedAt >= stepsRequestedAt);
}

/** The newest offer of each of the document's changes; what a person asked for is no answer of the document. */
function newestOffers(steps: readonly Step[]): readonly Step[] {
  const answers = steps.filter((step) => step.requestedBy === undefined);
  return answers.filter((step) => step === answers.findLast((one) => one.actionId === step.actionId));
}

const ends: Partial<Record<StepStatus, string>> = {
  succeeded: 'been carried out, and the harm lasts',
  denied: 'been denied',
  unknown: 'an unknown end',
};

function sayEnd({ actionId, status, outcome }: Step): string {
  const because = outcome === null ? '' : `: ${outcome.split('\n')[0]}`;
  return `${actionId} ${status === 'blocked' ? 'is' : 'has'} ${ends[status] ?? status}${because}`;
}
