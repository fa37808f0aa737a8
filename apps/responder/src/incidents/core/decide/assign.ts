import { nothing, refuse, type Draft } from '../draft.ts';
import type { IncidentRole } from '../incident.ts';
import type { Person } from '#oncall';
import { refuseUnless } from '../rules/allow.ts';
import { sendPage } from '../rules/page-level.ts';
import { isUnanswered } from '../rules/waiting.ts';
import type { Decider } from './decider.ts';

/** A role of the incident goes to somebody: on record, and they are woken for it unless they take it themselves. */
export const assign: Decider<'assign'> = (draft, { role, to, reason }) => {
  const { incident, input } = draft;
  const refused =
    refuseUnless('responder', incident, input) ??
    refuseUnless('responder', incident, { ...input, person: to });
  if (refused !== null) return { refused };
  if (incident.status === 'resolved') return refuse('conflict', `incident #${incident.number} is resolved`);
  if (reason.trim() === '')
    return refuse('invalid', 'reason is empty; expected why the role goes to somebody');
  if (incident.roles[role] === to.id) return nothing(`${to.name} is ${role} already`);
  if (to.contacts.length === 0 && to.id !== input.actor.id)
    return refuse('conflict', `${to.name} has no way to be reached; expected somebody who can be told`);
  draft.add({ type: 'assigned', role, to: to.id, by: input.actor, reason: reason.trim() });
  if (to.id === input.actor.id) takeIt(draft, role);
  else wake(draft, role, { to, reason: reason.trim() });
  return draft.done(`${to.name} is ${role}: ${reason.trim()}`);
};

/** Whoever takes command has seen the incident. */
function takeIt(draft: Draft, role: IncidentRole): void {
  if (role === 'commander' && draft.incident.pages.some(isUnanswered))
    draft.add({ type: 'acknowledged', by: draft.input.actor });
}

function wake(
  draft: Draft,
  role: IncidentRole,
  { to, reason }: { readonly to: Person; readonly reason: string },
): void {
  const { person, actor } = draft.input;
  const note = `${role}, handed over by ${person?.name ?? actor.id}: ${reason}`;
  sendPage(draft, { person: to, level: 1, note, role }, 'assigned');
}
