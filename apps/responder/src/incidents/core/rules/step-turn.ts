import type { EpochMs } from '#facts';
import type { Draft } from '../draft.ts';
import type { Approval, HandsOff, Incident, Step } from '../incident.ts';
import type { Input } from '../input.ts';
import { evidenceWaitMs } from './durations.ts';

/** True from a step's turn until its end: one change at a time. */
export function isBusy(step: Step): boolean {
  return step.readyAt !== null && step.endedAt === null;
}

/** Steps offered together are one request; each waits for those named before it. */
function earlierSteps(incident: Incident, step: Step): readonly Step[] {
  const index = incident.steps.findIndex((one) => one.id === step.id);
  return incident.steps.slice(0, index).filter((one) => one.proposedAt === step.proposedAt);
}

/** Approvals that count: an earlier step that did not succeed voids those given before it ended. */
export function countedApprovals(incident: Incident, step: Step): readonly Approval[] {
  const lastTrouble = Math.max(
    Number.NEGATIVE_INFINITY,
    ...earlierSteps(incident, step)
      .filter((one) => one.status !== 'succeeded' && one.endedAt !== null)
      .map((one): EpochMs => one.endedAt ?? 0),
  );
  return step.approvals.filter((one) => one.at > lastTrouble);
}

/** Why nothing at all may be changed on the incident now; null when it may. */
export function whyHandsOff(incident: Incident, everywhere: HandsOff | null = null): string | null {
  if (incident.status === 'resolved' || incident.status === 'stable')
    return `the incident is ${incident.status}: nothing is changed any more`;
  if (everywhere !== null)
    return `hands off everywhere: nothing is changed until somebody lifts it (${everywhere.reason})`;
  if (incident.handsOff) return 'hands off is set: nothing is changed until somebody lifts it';
  return incident.assessment.blind === true
    ? 'hands off while blind: the service and the control target both fail, so what is seen cannot be trusted'
    : null;
}

/** When an approved step stops waiting for reads, if nothing else happens; null when it waits for none. */
export function readsWaitUntil(incident: Incident, at: EpochMs): EpochMs | null {
  const { evidenceRequestedAt } = incident;
  return evidenceRequestedAt === null || pendingReads(incident, at) === 0
    ? null
    : evidenceRequestedAt + evidenceWaitMs;
}

/** Reads that were asked for and have not ended; none any more when they should all have met their own limits. */
function pendingReads(incident: Incident, at: EpochMs): number {
  if (at - (incident.evidenceRequestedAt ?? at) >= evidenceWaitMs) return 0;
  const answered = new Set(incident.evidence.map((one) => one.actionId));
  return incident.evidenceRequested.filter((id) => !answered.has(id)).length;
}

/** Why the step's turn has not come; null when it has. */
export function whyNotYet(
  incident: Incident,
  step: Step,
  { at, handsOff = null }: Pick<Input, 'at' | 'handsOff'>,
): string | null {
  const off = whyHandsOff(incident, handsOff);
  if (off !== null) return off;
  if (at >= step.expiresAt) return 'the offer and its approvals have expired';
  const missing = Math.max(1, step.approvalsNeeded) - countedApprovals(incident, step).length;
  if (missing > 0) return `${missing} more approval${missing === 1 ? '' : 's'} needed`;
  const unread = pendingReads(incident, at);
  if (unread > 0)
    return `waits for ${unread} read${unread === 1 ? '' : 's'}: a change could destroy what they show`;
  const before = earlierSteps(incident, step).find((one) => one.endedAt === null);
  if (before !== undefined) return `waits for the step before it: ${before.command}`;
  const busy = incident.steps.find(isBusy);
  return busy === undefined ? null : `one change at a time: ${busy.command} is under way`;
}

/** Gives the turn to the first approved step that may have it. */
export function giveTurn(draft: Draft): void {
  const { incident, input } = draft;
  const next = incident.steps.find(
    (one) => one.status === 'approved' && one.readyAt === null && whyNotYet(incident, one, input) === null,
  );
  if (next === undefined) return;
  draft.add({ type: 'step-ready', stepId: next.id });
  draft.order({ kind: 'run-step', stepId: next.id });
}
