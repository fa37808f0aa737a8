import type { Incidents } from '#incidents';
import type { Database, Together } from '#platform';
import type { Delivery, OutgoingMessage } from './channel.ts';
import type { StoredMessage } from './message-row.ts';
import type { ProvidersInTurn } from './providers-in-turn.ts';

/** What sending needs. */
export interface Sending {
  readonly db: Database;
  readonly incidents: Incidents;
  readonly providers: ProvidersInTurn;
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

/** One attempt with the provider whose turn it is; the provider's circuit learns from it, unless the attempt was cut off from here. */
export async function attempt(
  { providers }: Sending,
  {
    row,
    message,
  }: {
    readonly row: StoredMessage;
    readonly message: MessageText;
  },
  signal: AbortSignal,
): Promise<Delivery> {
  const now = row.claimed_at;
  const provider = providers.take(row.channel, row.attempts, now);
  if ('outcome' in provider) return provider;
  const { id, incident_id: incidentId, person, address, may_be_repeat: mayBeRepeat } = row;
  const delivery = await provider.channel.deliver(
    { incidentId, ...message, id, person, address, mayBeRepeat },
    signal,
  );
  if (!signal.aborted) providers.learn(provider, delivery, now);
  return delivery;
}
