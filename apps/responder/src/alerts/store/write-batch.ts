import type { EpochMs } from '#facts';
import type { Queryable } from '#platform';
import type { AlertClass } from '../classify.ts';
import type { IncomingAlert, IncomingWord, Malformed } from '../incoming.ts';

/** One alert to be stored. */
export interface AlertWrite {
  readonly fingerprint: string;
  readonly source: string;
  readonly alert: IncomingAlert;
  readonly class: AlertClass;
  readonly content: number;
  readonly receivedAt: EpochMs;
}

export interface BatchWrite {
  readonly serviceId: string;
  /** The responder that writes, named in the notice to the others. */
  readonly writer: string;
  readonly at: EpochMs;
  readonly alerts: readonly AlertWrite[];
  readonly words: readonly { readonly fingerprint: string; readonly word: IncomingWord['word'] }[];
  readonly malformed: readonly (Malformed & { readonly source: string })[];
  readonly beats: readonly string[];
  readonly flapping: { readonly times: number; readonly windowMs: number; readonly holdMs: number };
}

/** What the database says about a stored alert beyond what was given: it flaps, and lives until then. */
export interface Held {
  readonly fingerprint: string;
  readonly heldUntil: EpochMs;
}

const line = '\n';
const joined = <T>(list: readonly T[], text: (item: T) => string | number): string =>
  list.map(text).join(line);
/** JSON writes a line break as two characters, so that lines of JSON can be told apart. Absent values are empty lines. */
const json = (value: unknown): string => JSON.stringify(value);

/**
 * Stores a batch in one statement: new alerts, changed ones, ends, acknowledgements, what was malformed, and the notice to
 * other responders. Committed when it resolves. An alert that returns within the window for the n-th time is held.
 */
export async function writeBatch(db: Queryable, batch: BatchWrite): Promise<readonly Held[]> {
  const alerts = batch.alerts.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const { flapping, words, malformed } = batch;
  const { rows } = await db.query<{ held: readonly Held[] | null }>(statement, [
    batch.serviceId,
    new Date(batch.at),
    joined(alerts, (one) => one.fingerprint),
    joined(alerts, (one) => one.source),
    joined(alerts, (one) => json(one.class.name)),
    joined(alerts, (one) => json(one.alert.labels)),
    joined(alerts, (one) => json(one.alert.annotations)),
    joined(alerts, (one) => json(one.alert.generatorUrl)),
    joined(alerts, (one) => one.class.severity ?? ''),
    joined(alerts, (one) => one.class.rank),
    joined(alerts, (one) => one.class.flag ?? ''),
    joined(alerts, (one) => one.content),
    joined(alerts, (one) => one.alert.startsAt / 1000),
    joined(alerts, (one) => one.alert.endsAt / 1000),
    joined(alerts, (one) => one.receivedAt / 1000),
    flapping.times,
    flapping.windowMs / 1000,
    flapping.holdMs / 1000,
    words.filter(({ word }) => word === 'ended').map((one) => one.fingerprint),
    words.filter(({ word }) => word === 'acknowledged').map((one) => one.fingerprint),
    json(
      malformed.map(({ place, value, expected, item, source }) => ({ place, value, expected, item, source })),
    ),
    batch.beats,
    batch.writer,
  ]);
  return rows[0]?.held ?? [];
}

const lines = (n: number): string => `string_to_array($${n}, E'\\n', '')`;

/** It had ended, and this is a new start of it: not the same one that was heard of too late. */
const returns = 'excluded.ends_at > $2 and a.ends_at <= $2 and excluded.starts_at > a.starts_at';

const statement = `
with batch as materialized (select nextval('alert_batch') as id),
given as (
  select fingerprint, source, name::json #>> '{}' as name, labels::json, annotations::json, url::json #>> '{}' as url,
         severity, rank::smallint, flag, content::int, to_timestamp(starts::float8) as starts_at,
         to_timestamp(ends::float8) as ends_at, to_timestamp(received::float8) as received_at
  from unnest(${[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map(lines).join(', ')})
    as t (fingerprint, source, name, labels, annotations, url, severity, rank, flag, content, starts, ends, received)
),
stored as (
  insert into alerts as a (service_id, fingerprint, source, name, labels, annotations, generator_url, severity, rank, flag,
                           content, starts_at, ends_at, received_at, active, batch)
  select $1, g.fingerprint, g.source, g.name, g.labels, g.annotations, g.url, g.severity, g.rank, g.flag,
         g.content, g.starts_at, g.ends_at, g.received_at, g.ends_at > $2, batch.id
  from given g, batch
  on conflict (service_id, fingerprint) do update set
    source = excluded.source, name = excluded.name, labels = excluded.labels, annotations = excluded.annotations,
    generator_url = excluded.generator_url, severity = excluded.severity, rank = excluded.rank, flag = excluded.flag,
    content = excluded.content, batch = excluded.batch,
    starts_at = case when greatest(a.ends_at, a.held_until) > $2 then least(a.starts_at, excluded.starts_at)
                     else excluded.starts_at end,
    received_at = case when greatest(a.ends_at, a.held_until) > $2 then a.received_at else excluded.received_at end,
    acknowledged_at = case when greatest(a.ends_at, a.held_until) > $2 then a.acknowledged_at end,
    ends_at = excluded.ends_at,
    active = excluded.ends_at > $2 or coalesce(a.held_until > $2, false),
    restarts = case when ${returns}
                    then array(select at from unnest(a.restarts) at where at > $2 - $17::float8 * interval '1 s'
                               order by at desc limit $16::int - 1) || $2::timestamptz
                    else a.restarts end,
    held_until = case when ${returns} and (select count(*) from unnest(a.restarts) at
                                          where at > $2 - $17::float8 * interval '1 s') >= $16::int - 1
                      then $2 + $18::float8 * interval '1 s' else a.held_until end
  returning fingerprint, held_until
),
ended as (
  update alerts set ends_at = $2, active = coalesce(held_until > $2, false), batch = batch.id
  from batch where service_id = $1 and fingerprint = any($19::text[]) and ends_at > $2
),
acknowledged as (
  update alerts set acknowledged_at = coalesce(acknowledged_at, $2), batch = batch.id
  from batch where service_id = $1 and fingerprint = any($20::text[]) and not fingerprint = any($19::text[]) and ends_at > $2
),
problems as (
  insert into intake_problems (service_id, source, at, place, value, expected, item)
  select $1, source, $2, place, value, expected, item
  from json_to_recordset($21::json) as p (source text, place text, value text, expected text, item text)
),
beats as (
  insert into heartbeats as h (service_id, name, last_at) select $1, name, $2 from unnest($22::text[]) name
  on conflict (service_id, name) do update set last_at = greatest(h.last_at, excluded.last_at)
)
select pg_notify('alerts', $1 || ' ' || $23 || ' ' || batch.id) as told,
  (select json_agg(json_build_object('fingerprint', fingerprint, 'heldUntil', floor(extract(epoch from held_until) * 1000)))
   from stored where held_until > $2) as held
from batch`;
