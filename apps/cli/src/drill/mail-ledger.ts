/** A page that the responder says it sent by e-mail, and a message that the mailbox really received. */
export interface MailLedgerInput {
  readonly expected: readonly { readonly messageId: string }[];
  readonly received: readonly { readonly messageId: string; readonly mayBeRepeat: boolean }[];
}

/** Counts, on the receiving side, what was promised and never came, and what came twice without saying so. */
export function countMail({ expected, received }: MailLedgerInput): {
  lost: number;
  duplicates: number;
  markedRepeats: number;
} {
  const arrivals = new Map<string, { plain: number; marked: number }>();
  for (const { messageId, mayBeRepeat } of received) {
    const seen = arrivals.get(messageId) ?? { plain: 0, marked: 0 };
    arrivals.set(
      messageId,
      mayBeRepeat ? { ...seen, marked: seen.marked + 1 } : { ...seen, plain: seen.plain + 1 },
    );
  }
  const all = [...arrivals.values()];
  return {
    lost: expected.filter(({ messageId }) => !arrivals.has(messageId)).length,
    duplicates: all.reduce((sum, { plain }) => sum + Math.max(0, plain - 1), 0),
    markedRepeats: all.reduce(
      (sum, { plain, marked }) => sum + (plain > 0 ? marked : Math.max(0, marked - 1)),
      0,
    ),
  };
}
