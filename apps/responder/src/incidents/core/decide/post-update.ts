import { refuse, type Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import { refuseUnless } from '../rules/allow.ts';
import { minuteMs } from '../rules/durations.ts';
import { isUnanswered } from '../rules/waiting.ts';
import { sayLeak } from '../updates/find-leaks.ts';
import { leaksIn } from '../updates/leaks-in.ts';
import type { Leak } from '../updates/leak.ts';
import { publish } from '../updates/publish.ts';
import { audienceWords } from '../updates/remind-of-update.ts';
import type { UpdateAudience, UpdateStatus } from '../updates/update.ts';
import type { Decider } from './decider.ts';

const longest = 8000;
/** The same words to the same people within this are a second press of the same button. */
const sameWithinMs = minuteMs;

/** A person tells an audience how it stands: its clock begins anew. What must not be told outside is refused, unless they insist. */
export const postUpdate: Decider<'post-update'> = (
  draft,
  { audience, status, body: given, language, insist = '' },
) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const body = given.toWellFormed().replaceAll(unsaid, '').trim();
  if (!isText(body)) return refuse('invalid', `body: ${body.length} characters; expected 1 to ${longest}`);
  const conflict = whyNotSaid(incident, status) ?? whyNotAgain(draft, audience, body);
  if (conflict !== null) return refuse('conflict', conflict);
  const found = leaksIn({ audience, body }, incident, input.internalNames);
  const reason = insist.trim();
  if (found.length > 0 && reason === '') return refuse('invalid', sayRefused(audience, found));
  publish(draft, {
    audience,
    status,
    body,
    by: input.actor,
    ...(language === undefined ? {} : { language }),
    ...(found.length === 0 ? {} : { insisted: { reason, found } }),
  });
  takeNotice(draft);
  return draft.done(`an update to ${audienceWords[audience]}`);
};

/** Control characters but tab and line end: no reader sees them, and feeds may not carry them. Source: XML 1.0, Char. */
const unsaid = /[[\p{Cc}\p{Noncharacter_Code_Point}]--[\t\n\r]]/gv;

const isText = (body: string): boolean => body !== '' && body.length <= longest;

function sayRefused(audience: UpdateAudience, found: readonly Leak[]): string {
  const places = found.map(sayLeak).join('; ');
  return `body: it would tell ${audienceWords[audience]} what is internal: ${places}. Change the text, or insist with a reason`;
}

/** Whoever tells others has seen the incident. */
function takeNotice(draft: Draft): void {
  if (draft.incident.pages.some(isUnanswered)) draft.add({ type: 'acknowledged', by: draft.input.actor });
}

/** An update says no more than is known. */
function whyNotSaid({ number, status, mergedInto }: Incident, said: UpdateStatus): string | null {
  if (mergedInto !== null) return `incident #${number} goes on in #${mergedInto.number}; expected that one`;
  const isOver = status === 'stable' || status === 'resolved';
  if (said === 'resolved' && !isOver)
    return `status: resolved; incident #${number} is ${status}: expected investigating, identified or monitoring`;
  if (said !== 'resolved' && status === 'resolved')
    return `status: ${said}; incident #${number} is resolved: expected resolved`;
  return null;
}

function whyNotAgain({ incident, input }: Draft, audience: UpdateAudience, body: string): string | null {
  const told = incident.updates?.[audience];
  if (told === undefined || told.lastBody !== body || told.lastAt === null) return null;
  const agoMs = input.at - told.lastAt;
  return agoMs > sameWithinMs
    ? null
    : `the same text went to ${audienceWords[audience]} ${Math.round(agoMs / 1000)} s ago`;
}
