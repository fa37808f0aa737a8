import type { Incident } from '../incident.ts';
import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { whyNotActive } from '../rules/active.ts';
import { isBusy } from '../rules/step-turn.ts';
import type { Decider } from './decider.ts';

/** A person says that two incidents are one outage: this one is closed, and the other goes on for both. */
export const merge: Decider<'merge'> = (draft, { into, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (reason.trim() === '') return refuse('invalid', 'reason is empty; expected why the two are one outage');
  const conflict = whyNotMerged(incident, into);
  if (conflict !== null) return refuse('conflict', conflict);
  const ref = { id: into.id, number: into.number };
  draft.add({ type: 'merged-into', into: ref, by: input.actor, reason: reason.trim() });
  return draft.done(`one outage with #${into.number}: ${reason.trim()}`);
};

function whyNotMerged(incident: Incident, into: Incident): string | null {
  if (incident.id === into.id) return `incident #${incident.number} cannot be merged into itself`;
  if (incident.serviceId !== into.serviceId)
    return `#${incident.number} is of ${incident.serviceId} and #${into.number} of ${into.serviceId}; expected one service`;
  if ((incident.drill === null) !== (into.drill === null))
    return 'a drill and a real incident are never one outage';
  if (incident.status === 'resolved') return `incident #${incident.number} is resolved already`;
  const busy = incident.steps.find(isBusy);
  return busy === undefined
    ? whyNotActive(into)
    : `${busy.command} is under way; expected to wait for its end`;
}
