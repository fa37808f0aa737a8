import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import type { Decider } from './decider.ts';

/** A remark for the timeline, by a person or by the responder itself. */
export const note: Decider<'note'> = (draft, { text }) => {
  const { incident, input } = draft;
  const refused = input.actor.kind === 'system' ? null : refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (text.trim() === '') return refuse('invalid', 'text is empty; expected a remark');
  draft.add({ type: 'noted', by: input.actor, text });
  return draft.done('a remark');
};
