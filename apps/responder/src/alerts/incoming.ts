import type { EpochMs, RestrictedFlag } from '#facts';
import type { Hash64 } from './fingerprint.ts';

export type Labels = Readonly<Record<string, string>>;

/** One alert as a sender gave it, understood and checked. */
export interface IncomingAlert {
  readonly hash: Hash64;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly generatorUrl: string;
  readonly startsAt: EpochMs;
  /** In the past: it has ended. */
  readonly endsAt: EpochMs;
  /** Name to show; null: the label `alertname`. */
  readonly name: string | null;
  /** The sender's own word where labels hold none. */
  readonly severity: string | null;
  readonly flag: RestrictedFlag | null;
}

/** A word about an alert that is known by its fingerprint alone. */
export interface IncomingWord {
  readonly hash: Hash64;
  readonly word: 'ended' | 'acknowledged';
}

/** What could not be understood: kept and shown. */
export interface Malformed {
  readonly place: string;
  readonly value: string;
  readonly expected: string;
  readonly item: string;
}

/** One delivery of a sender. Good items count also when others are malformed. */
export interface Incoming {
  readonly alerts: readonly IncomingAlert[];
  readonly words: readonly IncomingWord[];
  readonly malformed: readonly Malformed[];
}

/** When a delivery came and how long its alerts live without another word, milliseconds. */
export interface Arrival {
  readonly at: EpochMs;
  readonly resolveAfterMs: number;
}
