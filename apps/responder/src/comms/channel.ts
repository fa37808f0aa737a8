/** One page on its way to one address. */
export interface OutgoingMessage {
  /** Idempotency key: the same id is the same message, however often it is sent. */
  readonly id: string;
  /** Null when it is about no incident. */
  readonly incidentId: string | null;
  readonly person: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  /** True when an earlier attempt may have gone out before a crash or a lost connection. */
  readonly mayBeRepeat: boolean;
}

/** How one attempt ended. `maybeSent`: the other side may have taken it although we heard no answer. */
export type Delivery =
  | { readonly outcome: 'delivered'; readonly receipt: string }
  | {
      readonly outcome: 'failed';
      readonly permanent: boolean;
      readonly maybeSent: boolean;
      readonly reason: string;
    };

/** A way out. `deliver` answers within its own limit, which is shorter than the lease of a message; it never throws. */
export interface Channel {
  deliver(message: OutgoingMessage, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}
