import { nothing, refuse } from '../draft.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { noSuchStep } from '../rules/no-such-step.ts';
import { giveTurn } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** How a change ended, also "may have run" (`unknown`); the next approved step gets its turn. */
export const finishStep: Decider<'step-finished'> = (draft, body) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { incident } = draft;
  const step = incident.steps.find((one) => one.id === body.stepId);
  if (step === undefined) return noSuchStep(incident, body.stepId);
  if (step.endedAt !== null) return nothing(`already ended: ${step.status}`);
  if (step.readyAt === null)
    return refuse('conflict', `step "${step.id}" is ${step.status}; it has not had its turn`);
  if (body.outcome === 'succeeded' && step.startedAt === null)
    return refuse('conflict', `step "${step.id}" cannot succeed without having been started`);
  const { stepId, outcome, text, postChecks, evidenceId } = body;
  draft.add({ type: 'step-finished', stepId, outcome, text, postChecks, evidenceId });
  giveTurn(draft);
  return draft.done(text);
};
