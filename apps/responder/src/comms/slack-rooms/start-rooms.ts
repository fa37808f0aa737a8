import type { Incident, Incidents } from '#incidents';
import type { Person } from '#oncall';
import { startRowWorker, type Database, type Logger, type RowContext } from '#platform';
import { followIncidents } from '../follow-incidents.ts';
import type { SlackApp } from '../slack/slack-api.ts';
import { markRooms } from './mark-rooms.ts';
import { asker, RoomFailure, type RoomRow } from './room.ts';
import { tendRoom } from './tend-room.ts';

export interface RoomsOptions {
  readonly db: Database;
  readonly incidents: Pick<Incidents, 'get' | 'onChange'>;
  readonly people: () => readonly Person[];
  readonly publicUrl: string | null;
  readonly slack: SlackApp;
  readonly prefix: string;
  readonly archiveAfterHours: number;
  readonly log: Logger;
}

/** A room is tended at most this often. */
const restMs = 2000;
const longestRestMs = 300_000;

/** Keeps a Slack channel for each incident. Its rows are a queue of their own: no page waits for them, whatever fails. */
export async function startRooms(options: RoomsOptions): Promise<{ stop(): Promise<void> }> {
  const { db, incidents, log } = options;
  const worker = await startRowWorker<RoomRow>({
    db,
    log,
    table: 'slack_rooms',
    pending: `(state = 'closing' or (state = 'open' and seen < wanted))`,
    claimSet: 'attempts = attempts + 1',
    wakeChannel: 'slack_rooms',
    concurrency: 1,
    perform: (row, context) => tend(options, row, context),
  });
  const follower = await followIncidents({
    incidents,
    log,
    look: (ids) => db.transact((tx) => markRooms(tx, ids)),
  });
  return {
    stop: async () => {
      await follower.stop();
      await worker.stop();
    },
  };
}

async function tend(options: RoomsOptions, row: RoomRow, context: RowContext): Promise<void> {
  const { db, incidents, slack } = options;
  const incident = await incidents.get(row.id);
  if (incident === null) return context.update(db, `state = 'archived'`);
  const ask = asker(slack, context);
  const remember = (set: string, values: readonly unknown[]): Promise<void> =>
    context.update(db, set, values, { keepLease: true });
  try {
    const { prefix, publicUrl } = options;
    const about = { prefix, publicUrl, people: options.people() };
    const channel = await tendRoom({ incident, row, ask, remember }, about);
    const left = leftMs(incident, options.archiveAfterHours, Date.now());
    if (left !== null && left <= 0) {
      await ask('conversations.archive', { channel }, ['already_archived']);
      return await context.update(db, `state = 'archived', last_error = null`);
    }
    return await context.update(
      db,
      `state = $3, seen = $4, attempts = 0, last_error = null,
       due_at = clock_timestamp() + $5 * interval '1 millisecond'`,
      [left === null ? 'open' : 'closing', incident.revision, Math.max(restMs, left ?? 0)],
    );
  } catch (error) {
    if (!(error instanceof RoomFailure)) throw error;
    const waitMs = error.retryAfterMs ?? Math.min(longestRestMs, 250 * 2 ** Math.min(row.attempts, 11));
    return context.update(db, `last_error = $3, due_at = clock_timestamp() + $4 * interval '1 millisecond'`, [
      error.message,
      waitMs,
    ]);
  }
}

/** How long until the room of a closed incident is archived, milliseconds; null while it is not closed. */
function leftMs(incident: Incident, hours: number, now: number): number | null {
  return incident.resolvedAt === null ? null : incident.resolvedAt + hours * 3_600_000 - now;
}
