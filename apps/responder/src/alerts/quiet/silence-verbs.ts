import { randomUUID } from 'node:crypto';
import type { EpochMs } from '#facts';
import { AppError, type Database, type Queryable, type Transaction } from '#platform';
import { compileMatchers, type Matcher } from '../match/matcher.ts';
import { requireRegex } from '../match/parse-matcher.ts';
import { type Silence, silenceState } from './silence.ts';

/** What a caller says of a silence; `id` means a change of one. */
export interface SilenceDraft {
  readonly id?: string | undefined;
  readonly matchers: readonly Matcher[];
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly createdBy: string;
  readonly comment: string;
}

const columns = `id, matchers, starts_at as "startsAt", ends_at as "endsAt", created_by as "createdBy", comment,
  updated_at as "updatedAt"`;
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const keptDays = 5;

/** Those that are not long over, the one that ends last first. */
export async function readSilences(db: Queryable, serviceId: string): Promise<readonly Silence[]> {
  const { rows } = await db.query<Silence>(
    `select ${columns} from silences where service_id = $1 and ends_at > clock_timestamp() - $2 * interval '1 day'
     order by ends_at desc, id`,
    [serviceId, keptDays],
  );
  return rows;
}

/** Throws AppError `not-found`. */
export async function readSilence(db: Queryable, serviceId: string, id: string): Promise<Silence> {
  const { rows } = isUuid.test(id)
    ? await db.query<Silence>(`select ${columns} from silences where service_id = $1 and id = $2`, [
        serviceId,
        id,
      ])
    : { rows: [] };
  const [silence] = rows;
  if (silence === undefined) throw new AppError('not-found', `silence "${id}": there is none with this id`);
  return silence;
}

/**
 * Stores a silence and answers its id. A change of matchers or of a start that has passed ends the old one and makes another, so
 * that what a silence has kept back stays explained by it. Throws AppError `invalid` or `not-found`.
 */
export function setSilence(db: Database, serviceId: string, draft: SilenceDraft): Promise<string> {
  return db.transact(async (tx) => {
    const { rows } = await tx.query<{ now: EpochMs }>('select clock_timestamp() as now');
    const now = rows[0]?.now ?? 0;
    check(draft, now);
    const old = draft.id === undefined || draft.id === '' ? null : await readSilence(tx, serviceId, draft.id);
    const kept = old !== null && isSameSilence(old, draft, now);
    if (old !== null && !kept) await endSilence(tx, serviceId, old.id);
    const id = kept ? old.id : randomUUID();
    const startsAt = kept ? draft.startsAt : Math.max(draft.startsAt, now);
    await putSilence(tx, serviceId, { ...draft, id, startsAt, updatedAt: now });
    tx.notify('silences', serviceId);
    return id;
  });
}

async function putSilence(tx: Transaction, serviceId: string, silence: Silence): Promise<void> {
  const { id, matchers, startsAt, endsAt, createdBy, comment, updatedAt } = silence;
  await tx.query(
    `insert into silences (service_id, id, matchers, starts_at, ends_at, created_by, comment, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (service_id, id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at,
       created_by = excluded.created_by, comment = excluded.comment, updated_at = excluded.updated_at`,
    [
      serviceId,
      id,
      JSON.stringify(matchers),
      new Date(startsAt),
      new Date(endsAt),
      createdBy,
      comment,
      new Date(updatedAt),
    ],
  );
}

/** Ends it now. Throws AppError `not-found`, or `conflict` when it is over already. */
export function expireSilence(db: Database, serviceId: string, id: string): Promise<void> {
  return db.transact(async (tx) => {
    await readSilence(tx, serviceId, id);
    if (!(await endSilence(tx, serviceId, id)))
      throw new AppError('conflict', `silence "${id}": it has expired already`);
    tx.notify('silences', serviceId);
  });
}

async function endSilence(tx: Transaction, serviceId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update silences set ends_at = clock_timestamp(), starts_at = least(starts_at, clock_timestamp()),
       updated_at = clock_timestamp() where service_id = $1 and id = $2 and ends_at > clock_timestamp()`,
    [serviceId, id],
  );
  return rowCount > 0;
}

function isSameSilence(old: Silence, draft: SilenceDraft, now: EpochMs): boolean {
  const state = silenceState(old, now);
  if (state === 'expired') return false;
  if (JSON.stringify(sorted(old.matchers)) !== JSON.stringify(sorted(draft.matchers))) return false;
  return state === 'pending' ? draft.startsAt >= now : draft.startsAt === old.startsAt;
}

function sorted(matchers: readonly Matcher[]): readonly unknown[] {
  return matchers
    .map(({ name, value, isRegex, isEqual }) => [name, value, isRegex, isEqual])
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function refuse(place: string, value: unknown, expected: string): never {
  throw new AppError('invalid', `silence.${place}: ${JSON.stringify(value)}; expected ${expected}`);
}

function check({ matchers, startsAt, endsAt, createdBy, comment }: SilenceDraft, now: EpochMs): void {
  if (matchers.length === 0) refuse('matchers', matchers, 'at least one matcher');
  for (const [n, matcher] of matchers.entries()) requireRegex(matcher, `silence.matchers[${n}].value`);
  if (compileMatchers(matchers)({}))
    refuse('matchers', matchers, 'at least one matcher that does not match the empty text');
  if (endsAt <= startsAt) refuse('endsAt', new Date(endsAt), 'an instant after startsAt');
  if (endsAt <= now) refuse('endsAt', new Date(endsAt), 'an instant in the future');
  if (createdBy.trim() === '') refuse('createdBy', createdBy, 'who asks for it');
  if (comment.trim() === '') refuse('comment', comment, 'why');
}
