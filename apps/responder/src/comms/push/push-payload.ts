import type { OutgoingMessage } from '../channel.ts';
import { cut, oneLine } from '../message-text.ts';

/** A push message holds 4,096 bytes with its encryption (RFC 8030, 7.2): no text of ours takes more than 3 bytes a character. */
const longest = { title: 150, body: 600 } as const;

/** What the service worker shows: its text, where a press leads, and the link that acknowledges. */
export function pushPayload(message: OutgoingMessage): string {
  const { answer, answers, mayBeRepeat, subject, body, id } = message;
  const mark = mayBeRepeat ? '(may be a repeat) ' : '';
  return JSON.stringify({
    tag: id,
    title: cut(`${mark}${oneLine(printable(subject))}`, longest.title),
    body: cut(printable(body), longest.body),
    url: answer?.incidentUrl ?? answers?.listUrl ?? null,
    acknowledgeUrl: answer?.acknowledgeUrl ?? answers?.acknowledgeAllUrl ?? null,
  });
}

/** A control character takes six bytes in JSON, and shows nothing. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]+/gu, ' ');
}
