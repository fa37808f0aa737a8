/** What a reply by SMS says: `number` null when it names no incident. */
export type Reply =
  | { readonly kind: 'acknowledge' | 'escalate'; readonly number: number | null }
  | { readonly kind: 'other' };

/** `ACK`, `ack 12`, `Ack #12!`, `acknowledge 12`, `ESCALATE 12`: anything else is no answer. */
export function readReply(text: string): Reply {
  const said = /^\s*(?:(ack(?:nowledged?)?)|escalate)\b[\s:#]*(\d{1,9})?[\s.!]*$/i.exec(text);
  if (said === null) return { kind: 'other' };
  const number = said[2] === undefined ? null : Number(said[2]);
  return { kind: said[1] === undefined ? 'escalate' : 'acknowledge', number };
}
