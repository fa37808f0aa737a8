import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { canBeReached } from '../rules/who-to-wake.ts';
import { sendPage } from '../rules/page-level.ts';
import { whyNotActive } from '../rules/active.ts';
import type { Decider } from './decider.ts';

/** A person calls for a role of the document, whatever the diagnosis says: whoever fills it now is woken. */
export const callRole: Decider<'call-role'> = (draft, { role: id, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const over = whyNotActive(incident);
  if (over !== null) return refuse('conflict', over);
  if (reason.trim() === '') return refuse('invalid', 'reason is empty; expected what they are needed for');
  const role = input.plan.roles.find((one) => one.id === id);
  if (role === undefined)
    return refuse(
      'invalid',
      `role "${id}": expected one of ${input.plan.roles.map((one) => one.id).join(', ')}`,
    );
  const person = input.onCall.roles[id]?.find((one) => canBeReached(one, new Set()));
  if (person === undefined)
    return refuse('conflict', `nobody who can be reached fills ${role.name} now; assign somebody by name`);
  const note = `${role.name}, called by ${input.person?.name ?? input.actor.id}: ${reason.trim()}`;
  sendPage(draft, { person, level: 1, note, role: role.name }, 'role-needed');
  return draft.done(note);
};
