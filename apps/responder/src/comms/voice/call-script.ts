import type { ManyAnswers, OutgoingMessage } from '../channel.ts';
import { cut } from '../message-text.ts';

const longestSpoken = 500;

/** What a call says, as TwiML: the page, then, where a key can be heard, one key to acknowledge; asked twice. */
export function callScript(message: OutgoingMessage, keyUrl: string | null): string {
  const said = spoken(message);
  const keys = keysOf(message);
  if (keyUrl === null || keys === null)
    return `<Response>${say(said)}<Pause length="1"/>${say(said)}</Response>`;
  const gather = `<Gather input="dtmf" numDigits="1" timeout="8" method="POST" action="${escapeXml(keyUrl)}">${say(`${said} ${keys}`)}</Gather>`;
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

/** Which key does what; null when none does anything. */
function keysOf({ answer, answers }: OutgoingMessage): string | null {
  if (answers !== undefined)
    return `Press ${acknowledgeKey} to acknowledge all ${answers.each.length + answers.others} incidents.`;
  if (answer === null) return null;
  const more = answer.escalate === null ? '' : `, ${escalateKey} to call the next level`;
  return `Press ${acknowledgeKey} to acknowledge${more}.`;
}

function spoken({ mayBeRepeat, answers, subject, body }: OutgoingMessage): string {
  const repeat = mayBeRepeat ? 'This call may be a repeat. ' : '';
  const [first = ''] = body.split('\n');
  const said = answers === undefined ? `${subject}. ${first}.` : `${spokenNumbers(answers)} ${first}.`;
  return cut(`${repeat}This is Tocsin. ${said}`, longestSpoken);
}

/** The numbers before all else: a key acknowledges them. */
function spokenNumbers({ each, others }: ManyAnswers): string {
  const numbers = each.map((one) => one.number).join(', ');
  const more = others === 0 ? '' : `, and ${others} more`;
  return `${each.length + others} incidents wait for you: number ${numbers}${more}. The first of them:`;
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
