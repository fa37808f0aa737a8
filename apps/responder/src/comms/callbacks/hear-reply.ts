import type { Person } from '#oncall';
import { acknowledgeFor } from '../acknowledge/acknowledge-for.ts';
import { escapeXml } from '../voice/call-script.ts';
import { type CallbackRoom, personAt } from './callback-room.ts';
import type { TwilioForm } from './hear-twilio.ts';
import { type ProviderAnswer, twiml } from './provider-request.ts';
import { readReply } from './read-reply.ts';
import { waitingIncidents, wasPaged } from './waiting-incidents.ts';

/** A reply by SMS: `ACK 12` acknowledges incident 12, `ACK` the only one that waits. The sender is known by their number. */
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
    return 'Not understood. Reply ACK and the number of the incident, for example ACK 12.';
  const number = reply.number ?? (await onlyOne(room, person));
  if (typeof number === 'string') return number;
  const incident = await room.incidents.get(String(number));
  if (incident === null || !(await wasPaged(room.db, person.id, incident.id)))
    return `No incident #${number} has paged you.`;
  return (await acknowledgeFor(room.incidents, incident, { person, via: 'by SMS' })).text;
}

/** The number of the only incident that waits, or what to say when it is not clear which one is meant. */
async function onlyOne(room: CallbackRoom, person: Person): Promise<number | string> {
  const waiting = await waitingIncidents(room.db, person.id);
  const [first] = waiting;
  if (first === undefined) return 'Nothing waits for your acknowledgment.';
  if (waiting.length === 1) return first.number;
  const named = waiting.slice(0, 5).map((one) => `ACK ${one.number}`);
  return `${waiting.length} incidents wait. Reply ${named.join(' or ')}.`;
}
