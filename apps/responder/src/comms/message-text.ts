import type { AnswerWays, OutgoingMessage } from './channel.ts';

const repeatNote =
  'This may be a repeat: an earlier attempt was cut off, and it is not known whether it arrived.';

/** The text with its mark when it may have arrived before. */
export function fullText(message: OutgoingMessage): string {
  const { body, answer } = message;
  const press =
    answer === null ? '' : `\n\nAcknowledge with one press: ${answer.acknowledgeUrl}${callNext(answer)}`;
  return `${message.mayBeRepeat ? `${repeatNote}\n\n` : ''}${body}${press}`;
}

function callNext({ escalate }: AnswerWays): string {
  return escalate === null ? '' : `\nCall level ${escalate.level} now: ${escalate.url}`;
}

/** What fits into `longest` characters: the subject, how to answer, then as much of the text as there is room for. */
export function shortText(message: OutgoingMessage, longest: number): string {
  const head = `${message.mayBeRepeat ? '(may be a repeat) ' : ''}${oneLine(message.subject)}`;
  const { answer } = message;
  const tail = answer === null ? '' : `\nReply ${replies(answer)}, or: ${answer.acknowledgeUrl}`;
  const room = longest - tail.length;
  return `${cut(`${head}\n${message.body}`, room)}${tail}`;
}

function replies({ number, escalate }: AnswerWays): string {
  return escalate === null ? `ACK ${number}` : `ACK ${number} or ESCALATE ${number}`;
}

/** The subject in one line of at most 200 characters: a line break must not begin a header. */
export function oneLine(text: string): string {
  return cut(text.replaceAll(/\s+/g, ' ').trim(), longestLine);
}

const longestLine = 200;

/** At most `longest` characters; what was cut off shows as `…`. */
export function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, Math.max(0, longest - 1))}…` : text;
}
