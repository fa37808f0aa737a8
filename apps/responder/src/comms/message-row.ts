/** A row of `messages`. */
export interface StoredMessage {
  readonly id: string;
  readonly kind: 'page' | 'summary' | 'code' | 'synthetic';
  /** Null for a code or a synthetic page. */
  readonly incident_id: string | null;
  readonly page_id: string;
  readonly person: string;
  readonly channel: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
  readonly may_be_repeat: boolean;
  /** When its turn came, milliseconds after its page; null: when another way had failed. */
  readonly after_ms: number | null;
  /** When the storm protection let it through. */
  readonly admitted_at: number | null;
  /** The summary that it went, or goes, out in. */
  readonly summary_id: string | null;
  readonly receipt: string | null;
  /** When this attempt took it, by the database's clock, epoch milliseconds. */
  readonly claimed_at: number;
}

/** Messages as a queue. Still "sending" at a claim: the holder before died or froze, and may have sent it. */
export const messageQueue = {
  table: 'messages',
  pending: `state in ('queued', 'sending')`,
  claimSet: `state = 'sending', attempts = attempts + 1, may_be_repeat = may_be_repeat or state = 'sending'`,
} as const;

/** A page, or a summary of some. */
export type MessageRow = StoredMessage & { readonly incident_id: string };

/** The contact method as the incident's page names it: `inbox`, `email:ADDRESS`. */
export function channelOf(row: Pick<StoredMessage, 'channel' | 'address'>): string {
  return row.address === '' ? row.channel : `${row.channel}:${row.address}`;
}
