import type { Health } from './health.ts';
import type { StepOffer } from './offers/step-offer.ts';

/** How the reader of a page can answer it. */
export interface AnswerWays {
  /** The incident's number, as people say it. */
  readonly number: number;
  readonly incidentUrl: string;
  /** Signed, for this person and this incident alone. Opened, it asks; a POST to it acknowledges. */
  readonly acknowledgeUrl: string;
  /** The level that is called next, and a link of the same kind that calls it; null when all have been. */
  readonly escalate: { readonly level: number; readonly url: string } | null;
}

/** How the reader of a summary can answer what it is about: incidents, each once. */
export interface ManyAnswers {
  /** The summary's id. */
  readonly summaryId: string;
  /** The incidents that it names, the oldest page first. */
  readonly each: readonly {
    readonly incidentId: string;
    readonly number: number;
    readonly subject: string;
    readonly incidentUrl: string;
    /** As of `AnswerWays`. */
    readonly acknowledgeUrl: string;
  }[];
  /** How many more it is about. */
  readonly others: number;
  /** Signed, for this person and this summary alone. Opened, it asks; a POST to it acknowledges all that waits of it. */
  readonly acknowledgeAllUrl: string;
  /** Where the console lists what goes on. */
  readonly listUrl: string;
}

/** One message on its way to one address. */
export interface OutgoingMessage {
  /** Idempotency key: the same id is the same message, however often it is sent. */
  readonly id: string;
  /** Null when it is about no incident, for example a code, or about several. */
  readonly incidentId: string | null;
  readonly person: string;
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  /** True when an earlier attempt may have gone out before a crash or a lost connection. */
  readonly mayBeRepeat: boolean;
  /** Null when there is nothing to acknowledge, or nobody knows where the console is reached. */
  readonly answer: AnswerWays | null;
  /** Set when it is about several incidents that can be answered; `answer` is null then. */
  readonly answers?: ManyAnswers | undefined;
  /** The message that a key pressed during the call is about, when it is not this one. */
  readonly answeredAs?: string | undefined;
  /** Set when it tells how an incident stands. */
  readonly update?: {
    readonly audience: string;
    readonly status: string;
    readonly number: number;
    readonly markdown: string;
    readonly nextDueAt: string | null;
  };
  /** Changes that wait for approval; a channel without buttons that prove who presses them leaves them out. */
  readonly offers?: readonly StepOffer[];
}

/** How one attempt ended. `maybeSent`: the other side may have taken it although we heard no answer. */
export type Delivery = { readonly outcome: 'delivered'; readonly receipt: string } | FailedDelivery;

export interface FailedDelivery {
  readonly outcome: 'failed';
  readonly permanent: boolean;
  readonly maybeSent: boolean;
  readonly reason: string;
  /** How long the provider asked us to wait, milliseconds. */
  readonly retryAfterMs?: number;
  /** True: the provider works, and it is this address alone that does not for now, for example a mailbox that is full. */
  readonly aboutAddress?: boolean;
}

/** A way out. `deliver` answers within its own limit, which is shorter than the lease of a message; it never throws. */
export interface Channel {
  deliver(message: OutgoingMessage, signal: AbortSignal): Promise<Delivery>;
  /** Asks the provider whether it takes our credentials, and sends nothing to anybody; null: there is no provider. Ends with the signal; never throws. */
  check(signal: AbortSignal): Promise<Health | null>;
  close(): void;
}

/** Shorter than the 5 s lease of a message row, so that an attempt has ended before anybody else may begin one. */
export const deliveryLimitMs = 4000;
