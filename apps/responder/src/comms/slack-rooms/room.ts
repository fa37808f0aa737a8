import type { RowContext } from '#platform';
import type { Incident } from '#incidents';
import { askSlack, type SlackSaid } from '../slack/ask-slack.ts';
import type { SlackApp } from '../slack/slack-api.ts';

/** A row of `slack_rooms`. */
export interface RoomRow {
  readonly id: string;
  readonly state: string;
  readonly channel: string | null;
  /** The name that was asked for last; its answer may be lost. */
  readonly asked_name: string | null;
  /** When it was asked for first, epoch milliseconds. */
  readonly asked_at: number | null;
  readonly topic: string | null;
  readonly summary: string | null;
  readonly summary_ts: string | null;
  readonly summary_asked: boolean;
  readonly pinned: boolean;
  readonly bookmarked: readonly string[];
  readonly last_word: string | null;
  readonly invited: readonly string[];
  readonly previous: readonly string[];
  readonly attempts: number;
  readonly last_error: string | null;
}

/** Something of Slack's that did not work; the room is tended again later. */
export class RoomFailure extends Error {
  override readonly name = 'RoomFailure';
  /** Slack's word. */
  readonly reason: string;
  readonly retryAfterMs: number | null;

  constructor(method: string, failed: Extract<SlackSaid, { ok: false }>) {
    super(`${method}: ${failed.error}`);
    this.reason = failed.error;
    this.retryAfterMs = failed.retryAfterMs ?? null;
  }
}

/** One look after a room: what it has, and how to ask and remember. */
export interface Tending {
  readonly incident: Incident;
  readonly row: RoomRow;
  /** Asks Slack; an error of `fine` is none. Throws RoomFailure. */
  readonly ask: (method: string, body: object, fine?: readonly string[]) => Promise<SlackSaid>;
  /** Writes to the row at once: what was done is not done again after a crash. */
  readonly remember: (set: string, values: readonly unknown[]) => Promise<void>;
}

/** Methods that Slack throttles, and until when, epoch milliseconds: limits count a method, for all channels together. */
export type Throttled = Map<string, number>;

const limitMs = 3000;

export function asker(slack: SlackApp, context: RowContext, throttled: Throttled): Tending['ask'] {
  return async (method, body, fine = []) => {
    const restMs = (throttled.get(method) ?? 0) - Date.now();
    if (restMs > 0) throw new RoomFailure(method, { ok: false, error: 'ratelimited', retryAfterMs: restMs });
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(limitMs)]);
    const said = await askSlack(slack, { method, body, limitMs }, signal);
    if (said.ok || fine.includes(said.error)) return said;
    if (said.retryAfterMs !== undefined) throttled.set(method, Date.now() + said.retryAfterMs);
    throw new RoomFailure(method, said);
  };
}
