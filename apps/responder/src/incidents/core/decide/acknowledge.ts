import { nothing, refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { saidVia } from '../rules/said-via.ts';
import { waitsForAnswer } from '../rules/waiting.ts';
import type { Decider } from './decider.ts';

/** A person has seen it: all pages that wait for an answer are answered. */
export const acknowledge: Decider<'acknowledge'> = (draft, { via }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (incident.status === 'resolved') return refuse('conflict', `incident #${incident.number} is resolved`);
  if (!waitsForAnswer(incident))
    return nothing(`already acknowledged by ${incident.acknowledgedBy ?? 'somebody'}`);
  draft.add({ type: 'acknowledged', by: input.actor, ...saidVia(via) });
  return draft.done(`${input.person?.name ?? input.actor.id} has taken it`);
};
