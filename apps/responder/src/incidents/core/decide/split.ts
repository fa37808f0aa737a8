import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { whyNotActive } from '../rules/active.ts';
import type { Decider } from './decider.ts';

/** A person says that part of this is another outage: it gets an incident of its own, and this one goes on. */
export const split: Decider<'split'> = (draft, { into, title, reason, severity }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const over = whyNotActive(incident);
  if (over !== null) return refuse('conflict', over);
  if (title.trim() === '') return refuse('invalid', 'title is empty; expected what the other outage is');
  if (reason.trim() === '') return refuse('invalid', 'reason is empty; expected why it is another outage');
  const known = input.plan.severities.map((one) => one.id);
  if (!known.includes(severity))
    return refuse('invalid', `severity "${severity}": expected one of ${known.join(', ')}`);
  draft.add({ type: 'split-off', into, title: title.trim(), by: input.actor, reason: reason.trim() });
  return draft.done(`#${into.number} is another outage: ${reason.trim()}`);
};
