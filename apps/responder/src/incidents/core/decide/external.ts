import { nothing, refuse } from '../draft.ts';
import { refuseUnless, refuseUnlessSystem } from '../rules/allow.ts';
import type { Incident } from '../incident.ts';
import type { Decision } from '../decision.ts';
import type { Decider } from './decider.ts';

/** A person has called somebody outside, and says who did and what came of it. */
export const calledExternal: Decider<'external-called'> = (draft, { call, note }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (incident.status === 'resolved') return refuse('conflict', `incident #${incident.number} is resolved`);
  const found = incident.external?.find((one) => one.id === call);
  if (found === undefined) return noSuchCall(incident, call);
  if (found.called !== null) return nothing(`${found.contact.name} was called already: ${found.called.note}`);
  if (note.trim() === '')
    return refuse('invalid', 'note: empty; expected who called, and their ticket number');
  draft.add({ type: 'external-called', callId: call, by: input.actor, note: note.trim() });
  return draft.done(note.trim());
};

/** What became of the message to somebody outside. */
export const mailedExternal: Decider<'external-mailed'> = (draft, { call, outcome, detail }) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const found = draft.incident.external?.find((one) => one.id === call);
  if (found === undefined) return noSuchCall(draft.incident, call);
  draft.add({ type: 'external-mailed', callId: call, outcome, detail });
  return draft.done(`the message to ${found.contact.name}: ${outcome}`);
};

function noSuchCall({ external = [] }: Incident, call: string): Decision {
  const known = external.map((one) => one.id).join(', ') || '(nobody outside is to be called)';
  return refuse('not-found', `external contact "${call}": expected one of ${known}`);
}
