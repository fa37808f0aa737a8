import type { OutgoingMessage } from './channel.ts';

/** A row of `messages`. */
export interface MessageRow {
  readonly id: string;
  readonly incident_id: string;
  readonly page_id: string;
  readonly person: string;
  readonly channel: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
  readonly may_be_repeat: boolean;
}

/** Messages as a queue. Still "sending" at a claim: the holder before died or froze, and may have sent it. */
export const messageQueue = {
  table: 'messages',
  pending: `state in ('queued', 'sending')`,
  claimSet: `state = 'sending', attempts = attempts + 1, may_be_repeat = may_be_repeat or state = 'sending'`,
} as const;

export function toOutgoing(row: MessageRow): OutgoingMessage {
  return {
    id: row.id,
    incidentId: row.incident_id,
    person: row.person,
    address: row.address,
    subject: row.subject,
    body: row.body,
    mayBeRepeat: row.may_be_repeat,
  };
}

/** The contact method as the incident's page names it: `inbox`, `email:ADDRESS`. */
export function channelOf(row: MessageRow): string {
  return row.address === '' ? row.channel : `${row.channel}:${row.address}`;
}
