import type { Incidents } from '#incidents';
import type { Database, Together } from '#platform';
import type { Delivery, OutgoingMessage } from './channel.ts';
import type { StoredMessage } from './message-row.ts';
import type { ProvidersInTurn } from './providers-in-turn.ts';

/** What sending needs. */
export interface Sending {
  readonly db: Database;
  readonly incidents: Incidents;
  /** Of pages and summaries. */
  readonly providers: ProvidersInTurn;
  /** Of codes and notices. */
  readonly noticeProviders: ProvidersInTurn;
  readonly updateProviders: ProvidersInTurn;
  readonly publicUrl: string | null;
  /** False: each page goes out on its own, however many there are. */
  readonly summarises: boolean;
  /** Pages that go out at the same time are let through together, and what became of them is written together. */
  readonly admitTogether: Together;
  readonly settleTogether: Together;
}

/** What a message says, and how it can be answered; the rest is on its row. `incidentId`: when it is not the row's. */
export type MessageText = Pick<
  OutgoingMessage,
  'subject' | 'body' | 'answer' | 'answers' | 'answeredAs' | 'offers'
> &
  Partial<Pick<OutgoingMessage, 'incidentId'>>;

/** One attempt with the provider whose turn it is. */
export function attempt(
  { providers }: Pick<Sending, 'providers'>,
  {
    row,
    message,
  }: {
    readonly row: StoredMessage;
    readonly message: MessageText;
  },
  signal: AbortSignal,
): Promise<Delivery> {
  const { id, incident_id: incidentId, person, channel, address, attempts, may_be_repeat: mayBeRepeat } = row;
  return providers.deliver(
    { channel, attempts, at: row.claimed_at },
    { incidentId, ...message, id, person, address, mayBeRepeat },
    signal,
  );
}
