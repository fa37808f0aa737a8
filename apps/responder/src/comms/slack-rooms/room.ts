import type { RowContext } from '#platform';
import type { Incident } from '#incidents';
import { askSlack, type SlackSaid } from '../slack/ask-slack.ts';
import type { SlackApp } from '../slack/slack-api.ts';

/** A row of `slack_rooms`. */
export interface RoomRow {
  readonly id: string;
  readonly channel: string | null;
  readonly topic: string | null;
  readonly summary: string | null;
  readonly summary_ts: string | null;
  readonly pinned: boolean;
  readonly invited: readonly string[];
  readonly attempts: number;
}

/** Something of Slack's that did not work; the room is tended again later. */
export class RoomFailure extends Error {
  override readonly name = 'RoomFailure';
  readonly retryAfterMs: number | null;

  constructor(method: string, failed: Extract<SlackSaid, { ok: false }>) {
    super(`${method}: ${failed.error}`);
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

const limitMs = 3000;

export function asker(slack: SlackApp, context: RowContext): Tending['ask'] {
  return async (method, body, fine = []) => {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(limitMs)]);
    const said = await askSlack(slack, { method, body, limitMs }, signal);
    if (said.ok || fine.includes(said.error)) return said;
    throw new RoomFailure(method, said);
  };
}
