import type { AlertFact, EpochMs } from '#facts';
import { AppError, type Queryable } from '#platform';
import { fingerprintOfKey, hexOf } from '../fingerprint.ts';
import type { HeartbeatConfig } from '../intake-config.ts';

/** One heartbeat as it stands at an instant. */
export interface HeartbeatView {
  readonly name: string;
  readonly intervalMs: number;
  readonly graceMs: number;
  /** Null: it has never come. */
  readonly lastAt: EpochMs | null;
  readonly missing: boolean;
  /** When it is, or was, counted as missing. */
  readonly dueAt: EpochMs;
  readonly severity: string | null;
}

/** Puts down a beat. Throws AppError `not-found` for a name that is not configured. */
export async function takeBeat(
  db: Queryable,
  serviceId: string,
  heartbeats: readonly HeartbeatConfig[],
  name: string,
): Promise<void> {
  if (!heartbeats.some((one) => one.name === name))
    throw new AppError(
      'not-found',
      `heartbeat "${name}": not configured; expected one of ${heartbeats.map((one) => one.name).join(', ') || '(none)'}`,
    );
  await db.query(
    `insert into heartbeats as h (service_id, name, last_at) values ($1, $2, clock_timestamp())
     on conflict (service_id, name) do update set last_at = greatest(h.last_at, excluded.last_at)`,
    [serviceId, name],
  );
}

/** Newest beat of each name. */
export async function readBeats(db: Queryable, serviceId: string): Promise<ReadonlyMap<string, EpochMs>> {
  const { rows } = await db.query<{ name: string; lastAt: EpochMs }>(
    'select name, last_at as "lastAt" from heartbeats where service_id = $1',
    [serviceId],
  );
  return new Map(rows.map(({ name, lastAt }) => [name, lastAt]));
}

/** One that has never come is due from `watchedSince` on: a start must not cry before a sender could speak. */
export function heartbeatsAt(
  heartbeats: readonly HeartbeatConfig[],
  beats: ReadonlyMap<string, EpochMs>,
  watchedSince: EpochMs,
  at: EpochMs,
): readonly HeartbeatView[] {
  return heartbeats.map(({ name, intervalMs, graceMs, severity = null }) => {
    const lastAt = beats.get(name) ?? null;
    // Nobody could be heard before: what fell into the time when no responder ran is forgiven one interval.
    const dueAt = Math.max(lastAt ?? watchedSince, watchedSince) + intervalMs + graceMs;
    return { name, intervalMs, graceMs, lastAt, missing: at >= dueAt, dueAt, severity };
  });
}

/** Missing heartbeats as alerts. */
export function heartbeatAlerts(views: readonly HeartbeatView[]): readonly AlertFact[] {
  return views
    .filter((one) => one.missing)
    .map(({ name, lastAt, dueAt, intervalMs, severity }) => ({
      fingerprint: hexOf(fingerprintOfKey('heartbeat', name)),
      name: `heartbeat ${name} is missing`,
      source: 'heartbeat',
      severity,
      flag: null,
      labels: { alertname: 'HeartbeatMissing', heartbeat: name },
      summary: `heartbeat ${name}, expected every ${Math.round(intervalMs / 1000)} s, ${
        lastAt === null ? 'has never come' : `came last at ${new Date(lastAt).toISOString()}`
      }`,
      startsAt: dueAt,
      receivedAt: dueAt,
    }));
}
