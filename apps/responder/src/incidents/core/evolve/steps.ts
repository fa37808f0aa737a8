import type { Diagnosis } from '#diagnosis';
import type { EpochMs } from '#facts';
import type { Approval, Incident, ProposedStep, Step } from '../incident.ts';
import type { Fold } from './fold.ts';

type StepEvents =
  | 'steps-requested'
  | 'no-safe-step'
  | 'step-proposed'
  | 'step-blocked'
  | 'step-approved'
  | 'step-denied'
  | 'step-expired'
  | 'check-overridden'
  | 'done-by-hand'
  | 'command-asked'
  | 'undo-requested'
  | 'step-cancelled'
  | 'step-ready'
  | 'step-started'
  | 'step-finished';

export const stepFolds: { readonly [Type in StepEvents]: Fold<Type> } = {
  'steps-requested': (incident, { diagnosis }, { at }) => ({
    answeredCauses: [...new Set([...incident.answeredCauses, causeKey(diagnosis)])],
    stepsRequestedAt: at,
  }),
  'no-safe-step': (incident, { diagnosis }) => ({
    answeredCauses: [...incident.answeredCauses, causeKey(diagnosis)],
  }),
  'step-proposed': (incident, body, { at }) => ({
    steps: [...incident.steps, offered(body.step, at, { status: 'proposed', expiresAt: body.expiresAt })],
  }),
  'step-blocked': (incident, body, { at }) => ({
    steps: [
      ...incident.steps,
      offered(body.step, at, { status: 'blocked', expiresAt: at, endedAt: at, outcome: body.because }),
    ],
  }),
  'step-approved': (incident, { stepId, by, bindingHash }, { at }) => ({
    ...changeStep(incident, stepId, (step) => withApproval(step, { by, at, bindingHash })),
    respondedAt: incident.respondedAt ?? at,
  }),
  'step-denied': (incident, { stepId, reason }, { at }) =>
    endInVain(incident, stepId, (step) => ({ ...step, status: 'denied', endedAt: at, outcome: reason })),
  'step-expired': (incident, { stepId, because = null }, { at }) =>
    endInVain(incident, stepId, (step) => ({ ...step, status: 'expired', endedAt: at, outcome: because })),
  'check-overridden': () => ({}),
  'done-by-hand': (incident, { stepId, by, note }, { at }) => ({
    ...changeStep(incident, stepId, (step) => ({
      ...step,
      status: 'succeeded',
      startedAt: at,
      endedAt: at,
      outcome: `done by hand by ${'name' in by ? by.name : by.id}: ${note}`,
    })),
    respondedAt: incident.respondedAt ?? at,
  }),
  'command-asked': (incident, { action }) => ({ asked: [...(incident.asked ?? []), action] }),
  'undo-requested': () => ({}),
  'step-cancelled': (incident, { stepId, by, reason }, { at }) =>
    changeStep(incident, stepId, (step) => ({ ...step, cancelled: { by, at, reason } })),
  'step-ready': (incident, { stepId }, { at }) =>
    changeStep(incident, stepId, (step) => ({ ...step, status: 'approved', readyAt: at })),
  'step-started': (incident, { stepId }, { at }) =>
    changeStep(incident, stepId, (step) => ({ ...step, status: 'running', startedAt: at })),
  'step-finished': (incident, body, { at }) =>
    (body.outcome === 'succeeded' ? changeStep : endInVain)(incident, body.stepId, (step) => ({
      ...step,
      status: body.outcome,
      endedAt: at,
      outcome: body.text,
      postChecks: body.postChecks,
    })),
};

/** How a diagnosis is remembered once the plan was asked about it. */
export function causeKey(diagnosis: Diagnosis): string {
  return `${diagnosis.id} ${diagnosis.subject}`;
}

function offered(
  step: ProposedStep,
  at: EpochMs,
  how: Pick<Step, 'status' | 'expiresAt'> & Partial<Step>,
): Step {
  return {
    ...step,
    proposedAt: at,
    approvals: [],
    readyAt: null,
    startedAt: null,
    endedAt: null,
    outcome: null,
    postChecks: [],
    ...how,
  };
}

function withApproval(step: Step, approval: Approval): Step {
  const approvals = [...step.approvals, approval];
  return { ...step, approvals, status: approvals.length >= step.approvalsNeeded ? 'approved' : 'proposed' };
}

function changeStep(incident: Incident, id: string, change: (step: Step) => Step): Partial<Incident> {
  return { steps: incident.steps.map((step) => (step.id === id ? change(step) : step)) };
}

/** A step that did not do what it was for: what was offered to follow it waits for approval anew. */
function endInVain(incident: Incident, id: string, change: (step: Step) => Step): Partial<Incident> {
  const index = incident.steps.findIndex((step) => step.id === id);
  const offeredAt = incident.steps[index]?.proposedAt;
  const isVoid = (step: Step, at: number): boolean =>
    at > index && step.proposedAt === offeredAt && step.status === 'approved' && step.readyAt === null;
  return {
    steps: incident.steps.map((step, at) => {
      if (step.id === id) return change(step);
      return isVoid(step, at) ? { ...step, status: 'proposed', approvals: [] } : step;
    }),
  };
}
