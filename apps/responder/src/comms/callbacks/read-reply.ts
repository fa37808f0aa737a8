/** What a reply by SMS says: `number` null when it names no incident. */
export type Reply =
  | { readonly kind: 'acknowledge'; readonly number: number | null }
  | { readonly kind: 'other' };

/** `ACK`, `ack 12`, `Ack #12!`, `acknowledge 12`: anything else is no answer. */
export function readReply(text: string): Reply {
  const said = /^\s*ack(?:nowledged?)?\b[\s:#]*(\d{1,9})?[\s.!]*$/i.exec(text);
  if (said === null) return { kind: 'other' };
  return { kind: 'acknowledge', number: said[1] === undefined ? null : Number(said[1]) };
}
