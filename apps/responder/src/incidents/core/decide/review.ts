import { nothing, refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import type { Decider } from './decider.ts';

/** People have held the review of a closed incident. Said anew, the newest note and link count. */
export const review: Decider<'reviewed'> = (draft, body) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const { number, status, mergedInto, reviewed } = incident;
  if (mergedInto !== null)
    return refuse('conflict', `incident #${number} goes on in #${mergedInto.number}; expected that one`);
  if (status !== 'resolved')
    return refuse('conflict', `incident #${number} is ${status}; expected a closed one`);
  const note = textOf(body.note);
  const link = textOf(body.link);
  if (link !== null && !/^https?:\/\/\S+$/.test(link))
    return refuse('invalid', `link "${link}": expected an address that begins with https://`);
  if (reviewed?.note === note && reviewed.link === link) return nothing('said already');
  draft.add({ type: 'reviewed', by: input.actor, note, link });
  return draft.done(note ?? 'the review was held');
};

function textOf(given: string | null): string | null {
  const text = given?.trim() ?? '';
  return text === '' ? null : text;
}
