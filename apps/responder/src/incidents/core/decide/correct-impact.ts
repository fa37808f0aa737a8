import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import type { Decider } from './decider.ts';

/** A person's word on when clients were harmed: for the review and the status page. What was measured stays on record. */
export const correctImpact: Decider<'correct-impact'> = (draft, { startAt, endAt, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (reason.trim() === '') return refuse('invalid', 'reason is empty; expected why it is corrected');
  const lastAt = endAt ?? input.at;
  if (startAt > lastAt || lastAt > input.at)
    return refuse('invalid', 'impact: expected a start before its end, and both to have passed');
  draft.add({ type: 'impact-corrected', startAt, endAt, by: input.actor, reason: reason.trim() });
  return draft.done('corrected by a person');
};
