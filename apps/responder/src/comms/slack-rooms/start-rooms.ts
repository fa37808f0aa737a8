import { createPlans, type Incident, type Incidents } from '#incidents';
import type { Person } from '#oncall';
import { startRowWorker, type Database, type Logger, type RowContext } from '#platform';
import { followIncidents } from '../follow-incidents.ts';
import type { SlackApp } from '../slack/slack-api.ts';
import { closeRoom, hasUpdatesToCome } from './close-room.ts';
import { makeChannel } from './make-channel.ts';
import { markRooms } from './mark-rooms.ts';
import { executiveLevels } from './people-of-room.ts';
import { renewRooms } from './renew-rooms.ts';
import { asker, RoomFailure, type RoomRow, type Tending, type Throttled } from './room.ts';
import { tendRoom } from './tend-room.ts';

export interface RoomsOptions {
  readonly db: Database;
  readonly incidents: Pick<Incidents, 'get' | 'onChange'>;
  readonly people: () => readonly Person[];
  readonly publicUrl: string | null;
  readonly statusPageUrl: string | null;
  readonly slack: SlackApp;
  readonly prefix: string;
  readonly archiveAfterHours: number;
  readonly log: Logger;
}

interface Rooms extends RoomsOptions {
  readonly throttled: Throttled;
  readonly executivesOf: (incident: Incident) => Promise<ReadonlySet<string>>;
}

/** A room is tended at most this often. */
const restMs = 2000;
const longestRestMs = 300_000;

/** Keeps a Slack channel for each incident. Its rows are a queue of their own: no page waits for them, whatever fails. */
export async function startRooms(options: RoomsOptions): Promise<{ stop(): Promise<void> }> {
  const { db, incidents, log } = options;
  const plans = createPlans(db);
  const rooms: Rooms = {
    ...options,
    throttled: new Map(),
    executivesOf: async ({ planHash }) => executiveLevels((await plans.loadPlan(planHash)).escalation),
  };
  const worker = await startRowWorker<RoomRow>({
    db,
    log,
    table: 'slack_rooms',
    pending: `(state = 'closing' or (state = 'open' and seen < wanted))`,
    claimSet: 'attempts = attempts + 1',
    wakeChannel: 'slack_rooms',
    concurrency: 1,
    perform: (row, context) => look(rooms, row, context),
  });
  const follower = await followIncidents({
    incidents,
    log,
    look: (ids) =>
      db.transact(async (tx) => {
        await renewRooms(tx, ids);
        await markRooms(tx, ids);
      }),
  });
  return {
    stop: async () => {
      await follower.stop();
      await worker.stop();
    },
  };
}

async function look(rooms: Rooms, row: RoomRow, context: RowContext): Promise<void> {
  const { db, incidents, slack, throttled } = rooms;
  const incident = await incidents.get(row.id);
  if (incident === null) return context.update(db, `state = 'archived'`);
  const remember: Tending['remember'] = (set, values) => context.update(db, set, values, { keepLease: true });
  const tending = { incident, row, ask: asker(slack, context, throttled), remember };
  try {
    return await tend(rooms, tending, context);
  } catch (error) {
    if (!(error instanceof RoomFailure)) throw error;
    if (row.channel !== null && isGone(error)) return leave(rooms, incident, context, error.message);
    say(rooms, row, error.message);
    const waitMs = error.retryAfterMs ?? Math.min(longestRestMs, 250 * 2 ** Math.min(row.attempts, 11));
    return context.update(db, `last_error = $3, due_at = clock_timestamp() + $4 * interval '1 millisecond'`, [
      error.message,
      waitMs,
    ]);
  }
}

async function tend(rooms: Rooms, tending: Tending, context: RowContext): Promise<void> {
  const { db, prefix, publicUrl, statusPageUrl, archiveAfterHours } = rooms;
  const { incident, row } = tending;
  const channel = row.channel ?? (await makeChannel(tending, prefix, db));
  const executives = await rooms.executivesOf(incident);
  const facts = { publicUrl, statusPageUrl, people: rooms.people(), executives };
  const refused = (await tendRoom(tending, channel, facts)).join('; ') || null;
  say(rooms, row, refused);
  const left = leftMs(incident, archiveAfterHours, Date.now());
  if (left !== null && left <= 0 && !(await hasUpdatesToCome(db, incident.id)))
    return leave(rooms, incident, context, (await closeRoom(tending, channel, { publicUrl, db })) ?? refused);
  return context.update(
    db,
    `state = $3, seen = $4, attempts = 0, last_error = $5,
     due_at = clock_timestamp() + $6 * interval '1 millisecond'`,
    [left === null ? 'open' : 'closing', incident.revision, refused, Math.max(restMs, left ?? 0)],
  );
}

/** What does not work is said once, not at every attempt. */
function say({ log }: Rooms, row: RoomRow, failed: string | null): void {
  if (failed !== null && failed !== row.last_error)
    log.warn(
      { incident: row.id, channel: row.channel, failed },
      'the channel of an incident is not as it should be',
    );
}

/** Somebody archived or deleted it, which is theirs to do: it is left alone until the incident is opened again. */
function isGone({ reason }: RoomFailure): boolean {
  return reason === 'is_archived' || reason === 'channel_not_found';
}

/** The room is done with. An incident that was opened again meanwhile gets its new one at once. */
function leave(
  { db }: Rooms,
  incident: Incident,
  context: RowContext,
  lastError: string | null,
): Promise<void> {
  return db.transact(async (tx) => {
    await context.update(tx, `state = 'archived', made_for = $3, last_error = $4`, [
      incident.activeSince ?? 0,
      lastError,
    ]);
    await renewRooms(tx, [incident.id]);
    await markRooms(tx, [incident.id]);
  });
}

/** How long until the room of a closed incident is archived, milliseconds; null while it is not closed. */
function leftMs(incident: Incident, hours: number, now: number): number | null {
  return incident.resolvedAt === null ? null : incident.resolvedAt + hours * 3_600_000 - now;
}
