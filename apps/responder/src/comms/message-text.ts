import type { AnswerWays, ManyAnswers, OutgoingMessage } from './channel.ts';

const repeatNote =
  'This may be a repeat: an earlier attempt was cut off, and it is not known whether it arrived.';

/** The text with its mark when it may have arrived before, and with the links that answer it. */
export function fullText(message: OutgoingMessage): string {
  const { body, answer, answers, mayBeRepeat } = message;
  const press =
    answer === null ? '' : `\n\nAcknowledge with one press: ${answer.acknowledgeUrl}${callNext(answer)}`;
  return `${mayBeRepeat ? `${repeatNote}\n\n` : ''}${body}${press}${answers === undefined ? '' : linksOf(answers)}`;
}

function callNext({ escalate }: AnswerWays): string {
  return escalate === null ? '' : `\nCall level ${escalate.level} now: ${escalate.url}`;
}

/** A line for each incident that the text names, and one for all. */
function linksOf({ each, others, acknowledgeAllUrl, listUrl }: ManyAnswers): string {
  return [
    '',
    '',
    'Acknowledge with one press:',
    ...each.map((one) => `#${one.number}: ${one.acknowledgeUrl}`),
    ...(others === 0 ? [] : [`${others} more are listed in the console: ${listUrl}`]),
    `All ${each.length + others}: ${acknowledgeAllUrl}`,
  ].join('\n');
}

/** What fits into `longest` characters: the subject, how to answer, then as much of the text as there is room for. */
export function shortText(message: OutgoingMessage, longest: number): string {
  const head = `${message.mayBeRepeat ? '(may be a repeat) ' : ''}${oneLine(message.subject)}`;
  const tail = howToReply(message);
  const room = longest - tail.length;
  return `${cut(`${head}\n${message.body}`, room)}${tail}`;
}

function howToReply({ answer, answers }: OutgoingMessage): string {
  if (answers !== undefined) return `\nReply ${repliesOf(answers)}, or all: ${answers.acknowledgeAllUrl}`;
  return answer === null ? '' : `\nReply ${replies(answer)}, or: ${answer.acknowledgeUrl}`;
}

function replies({ number, escalate }: AnswerWays): string {
  return escalate === null ? `ACK ${number}` : `ACK ${number} or ESCALATE ${number}`;
}

/** One number a reply: a few are written out. */
function repliesOf({ each, others }: ManyAnswers): string {
  const few = each.slice(0, 3).map((one) => `ACK ${one.number}`);
  return each.length + others > few.length ? `${few.join(', ')} ...` : few.join(' or ');
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
