import type { Channel, Delivery, OutgoingMessage } from '../../src/comms/channel.ts';
import type { Random } from './random.ts';
import type { Replica } from './replica.ts';

/** One attempt that a responder has made and that has no answer yet. */
export interface Attempt {
  readonly by: Replica;
  readonly since: number;
  readonly message: OutgoingMessage;
  readonly answer: (delivery: Delivery) => void;
}

const answers: readonly { readonly arrives: boolean; readonly delivery: Delivery }[] = [
  { arrives: true, delivery: { outcome: 'delivered', receipt: '250 accepted' } },
  { arrives: false, delivery: failed('451 try again later', { permanent: false, maybeSent: false }) },
  { arrives: false, delivery: failed('550 no such person', { permanent: true, maybeSent: false }) },
  { arrives: false, delivery: failed('fell silent', { permanent: false, maybeSent: true }) },
  { arrives: true, delivery: failed('fell silent', { permanent: false, maybeSent: true }) },
];
const [taken] = answers;

/** Everybody's provider: takes messages, refuses them, falls silent; what arrived is counted here and nowhere else. */
export class Provider {
  /** From now on everything is taken. */
  healed = false;
  readonly open: Attempt[] = [];
  /** What arrived, by id of the message: once each time, with whether it said that it may be a repeat. */
  readonly arrived = new Map<string, boolean[]>();
  /** Attempts whose end the sender could not know for certain, by id of the message. */
  readonly doubts = new Map<string, number>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  channelOf(by: () => Replica, now: () => number): Channel {
    return {
      deliver: (message) =>
        new Promise((answer) => this.open.push({ by: by(), since: now(), message, answer })),
      check: () => Promise.resolve(null),
      close: () => {},
    };
  }

  /** Answers one attempt, whose sender may be long gone. */
  answer(attempt: Attempt): void {
    this.open.splice(this.open.indexOf(attempt), 1);
    const chosen = this.healed || this.#random.chance(0.75) ? taken : this.#random.pick(answers);
    if (chosen === undefined) throw new Error('no answer');
    if (chosen.arrives) this.#arrive(attempt.message);
    if (chosen.delivery.outcome === 'failed' && chosen.delivery.maybeSent) this.doubt(attempt);
    attempt.answer(chosen.delivery);
  }

  /** The sender is dead: the message may have got through. */
  abandon(attempt: Attempt): void {
    this.open.splice(this.open.indexOf(attempt), 1);
    if (this.#random.chance(0.5)) this.#arrive(attempt.message);
    this.doubt(attempt);
  }

  doubt({ message }: Attempt): void {
    this.doubts.set(message.id, (this.doubts.get(message.id) ?? 0) + 1);
  }

  #arrive({ id, mayBeRepeat }: OutgoingMessage): void {
    this.arrived.set(id, [...(this.arrived.get(id) ?? []), mayBeRepeat]);
  }
}

function failed(reason: string, how: { readonly permanent: boolean; readonly maybeSent: boolean }): Delivery {
  return { outcome: 'failed', reason, ...how };
}
