import type { Person } from '#oncall';
import { acknowledgeFor } from '../acknowledge/acknowledge-for.ts';
import { escalateFor } from '../acknowledge/escalate-for.ts';
import { escapeXml } from '../voice/call-script.ts';
import { type CallbackRoom, personAt } from './callback-room.ts';
import type { TwilioForm } from './hear-twilio.ts';
import { type ProviderAnswer, twiml } from './provider-request.ts';
import { readReply } from './read-reply.ts';
import { openIncidents, waitingIncidents, wasPaged } from './waiting-incidents.ts';

/** A reply by SMS: `ACK 12` acknowledges incident 12, `ACK` the only one that waits, `ESCALATE 12` calls its next level. The sender is known by their number. */
export async function hearReply(room: CallbackRoom, { form }: TwilioForm): Promise<ProviderAnswer> {
  const person = personAt(room, ['sms', 'voice'], form.get('From') ?? '');
  const text =
    person === undefined
      ? 'This number belongs to nobody here.'
      : await answer(room, person, form.get('Body') ?? '');
  return twiml(`<Response><Message>${escapeXml(text)}</Message></Response>`);
}

async function answer(room: CallbackRoom, person: Person, body: string): Promise<string> {
  const reply = readReply(body);
  if (reply.kind === 'other')
    return 'Not understood. Reply ACK or ESCALATE and the number of the incident, for example ACK 12.';
  const number = reply.number ?? (await onlyOne(room, person, reply.kind));
  if (typeof number === 'string') return number;
  const incident = await room.incidents.get(String(number));
  if (incident === null || !(await wasPaged(room.db, person.id, incident.id)))
    return `No incident #${number} has paged you.`;
  const act = reply.kind === 'escalate' ? escalateFor : acknowledgeFor;
  return (await act(room.incidents, incident, { person, via: 'by SMS' })).text;
}

/** The number of the only incident that waits, or what to say when it is not clear which one is meant. */
/** How each answer is written, and which incidents it can mean. */
const meant = {
  acknowledge: { word: 'ACK', whose: waitingIncidents, none: 'Nothing waits for your acknowledgment.' },
  escalate: { word: 'ESCALATE', whose: openIncidents, none: 'No open incident has paged you.' },
} as const;

/** The number of the only incident that can be meant, or what to say when it is not clear which one is. */
async function onlyOne(
  room: CallbackRoom,
  person: Person,
  kind: keyof typeof meant,
): Promise<number | string> {
  const { word, whose, none } = meant[kind];
  const found = await whose(room.db, person.id);
  const [first] = found;
  if (first === undefined) return none;
  if (found.length === 1) return first.number;
  const named = found.slice(0, 5).map((one) => `${word} ${one.number}`);
  return `${found.length} incidents ${kind === 'acknowledge' ? 'wait' : 'are open'}. Reply ${named.join(' or ')}.`;
}
