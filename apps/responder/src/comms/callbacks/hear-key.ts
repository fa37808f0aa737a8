import { personById } from '#oncall';
import { acknowledgeFor } from '../acknowledge/acknowledge-for.ts';
import { escalateFor } from '../acknowledge/escalate-for.ts';
import { acknowledgeKey, escalateKey, spokenAnswer } from '../voice/call-script.ts';
import type { CallbackRoom } from './callback-room.ts';
import type { TwilioForm } from './hear-twilio.ts';
import { type ProviderAnswer, twiml } from './provider-request.ts';
import { readMessage } from './read-message.ts';

/** A key was pressed during a call: one acknowledges the incident that the call is about, another calls the next level. */
export async function hearKey(room: CallbackRoom, { form, messageId }: TwilioForm): Promise<ProviderAnswer> {
  const message = await readMessage(room.db, messageId);
  const person = personById(room.people(), message?.person ?? null);
  const about = message?.incident_id ?? null;
  const incident = about === null ? null : await room.incidents.get(about);
  if (person === null || incident === null)
    return twiml(spokenAnswer('This call is about nothing that is known here. Goodbye.'));
  const answer = readAnswer(form.get('Digits') ?? '');
  if (answer === undefined)
    return twiml(spokenAnswer('That key does nothing. The incident is not acknowledged. Goodbye.'));
  const { text } = await answer(room.incidents, incident, { person, via: 'by phone' });
  return twiml(spokenAnswer(`${text} Goodbye.`));
}

function readAnswer(key: string): typeof acknowledgeFor | undefined {
  if (key === acknowledgeKey) return acknowledgeFor;
  return key === escalateKey ? escalateFor : undefined;
}
