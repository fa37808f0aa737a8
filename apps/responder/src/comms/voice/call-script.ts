import type { OutgoingMessage } from '../channel.ts';
import { cut } from '../message-text.ts';

const longestSpoken = 500;

/** What a call says, as TwiML: the page, then, where a key can be heard, one key to acknowledge; asked twice. */
export function callScript(message: OutgoingMessage, keyUrl: string | null): string {
  const said = spoken(message);
  if (keyUrl === null || message.answer === null)
    return `<Response>${say(said)}<Pause length="1"/>${say(said)}</Response>`;
  const more = message.answer.escalate === null ? '' : `, ${escalateKey} to call the next level`;
  const gather = `<Gather input="dtmf" numDigits="1" timeout="8" method="POST" action="${escapeXml(keyUrl)}">${say(`${said} Press ${acknowledgeKey} to acknowledge${more}.`)}</Gather>`;
  return `<Response>${gather}${gather}${say('No key was pressed. The next person will be called.')}</Response>`;
}

/** An answer to a key, as TwiML. */
export function spokenAnswer(text: string): string {
  return `<Response>${say(text)}</Response>`;
}

/** The key that acknowledges; a voice mail presses none. */
export const acknowledgeKey = '4';

/** The key that calls the next level of the escalation matrix. */
export const escalateKey = '6';

function spoken(message: OutgoingMessage): string {
  const repeat = message.mayBeRepeat ? 'This call may be a repeat. ' : '';
  const [first = ''] = message.body.split('\n');
  return cut(`${repeat}This is Tocsin. ${message.subject}. ${first}.`, longestSpoken);
}

function say(text: string): string {
  return `<Say>${escapeXml(text)}</Say>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML, which has no place for control characters, escaped or not. */
export function escapeXml(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);
}
