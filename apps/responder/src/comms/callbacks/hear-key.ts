import { personById, type Person } from '#oncall';
import { acknowledgeFor } from '../acknowledge/acknowledge-for.ts';
import { acknowledgeSummary } from '../acknowledge/acknowledge-summary.ts';
import { escalateFor } from '../acknowledge/escalate-for.ts';
import type { StoredMessage } from '../message-row.ts';
import { acknowledgeKey, escalateKey, spokenAnswer } from '../voice/call-script.ts';
import type { CallbackRoom } from './callback-room.ts';
import type { TwilioForm } from './hear-twilio.ts';
import { type ProviderAnswer, twiml } from './provider-request.ts';
import { readMessage } from './read-message.ts';

/** Who pressed which key. */
interface Press {
  readonly key: string;
  readonly person: Person;
}

const unknown = 'This call is about nothing that is known here. Goodbye.';

/** A key was pressed during a call: one acknowledges what the call is about, another calls the next level, when it is about one incident. */
export async function hearKey(room: CallbackRoom, { form, messageId }: TwilioForm): Promise<ProviderAnswer> {
  const message = await readMessage(room.db, messageId);
  const person = personById(room.people(), message?.person ?? null);
  if (message === null || person === null) return twiml(spokenAnswer(unknown));
  const press = { key: form.get('Digits') ?? '', person };
  const hear = message.kind === 'summary' ? hearOfMany : hearOfOne;
  return twiml(spokenAnswer(await hear(room, message, press)));
}

async function hearOfMany(
  room: CallbackRoom,
  message: StoredMessage,
  { key, person }: Press,
): Promise<string> {
  if (key !== acknowledgeKey) return 'That key does nothing. Nothing is acknowledged. Goodbye.';
  const { text } = await acknowledgeSummary(room, message.id, { person, via: 'by phone' });
  return `${text} Goodbye.`;
}

async function hearOfOne(
  room: CallbackRoom,
  { incident_id: about }: StoredMessage,
  { key, person }: Press,
): Promise<string> {
  const incident = about === null ? null : await room.incidents.get(about);
  if (incident === null) return unknown;
  const answer = readAnswer(key);
  if (answer === undefined) return 'That key does nothing. The incident is not acknowledged. Goodbye.';
  const { text } = await answer(room.incidents, incident, { person, via: 'by phone' });
  return `${text} Goodbye.`;
}

function readAnswer(key: string): typeof acknowledgeFor | undefined {
  if (key === acknowledgeKey) return acknowledgeFor;
  return key === escalateKey ? escalateFor : undefined;
}
