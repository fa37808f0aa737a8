import { databaseNow, type Database, type RowContext, type Transaction } from '#platform';
import { type Asked, endSilence, findSilence, makeSilence, type Target } from './ask-alertmanager.ts';
import type { ToldBackRow } from './told-back-rows.ts';

/** A system that is told, and for how long at most it is to be silent. */
export type Teller = Target & { readonly minutes: number };

interface Telling {
  readonly db: Database;
  readonly tell: (tx: Transaction, incidentId: string, text: string) => Promise<void>;
}

const mostAttempts = 30;
const longestRestMs = 60_000;
const minuteMs = 60_000;

/** What is written on the row, and said on the timeline; no text: nothing was there to be done. */
type Outcome = Asked<{ readonly silenceId: string | null; readonly text: string | null }>;

const nothingThere: Outcome = { ok: true, result: { silenceId: null, text: null } };

/** One attempt at making or ending one silence; its outcome is on the row and on the timeline, or it is tried again. */
export async function performTelling(
  telling: Telling,
  teller: Teller | null,
  row: ToldBackRow,
  context: RowContext,
): Promise<void> {
  const outcome = await attempt(telling, teller, row, context.signal);
  if (outcome.ok) await succeed(telling, row, { context, ...outcome.result });
  else if (outcome.permanent || row.attempts >= mostAttempts)
    await giveUp(telling, row, { context, reason: outcome.reason });
  else
    await context.update(
      telling.db,
      `last_error = $3, due_at = clock_timestamp() + $4 * interval '1 millisecond'`,
      [outcome.reason, Math.min(longestRestMs, 500 * 2 ** row.attempts)],
    );
}

async function attempt(
  { db }: Telling,
  teller: Teller | null,
  row: ToldBackRow,
  signal: AbortSignal,
): Promise<Outcome> {
  if (teller === null) return { ok: false, permanent: true, reason: 'it is no longer configured to be told' };
  if (row.state === 'ending') return takeBack(teller, row, signal);
  const found = await madeBefore(teller, row, signal);
  if (!found.ok) return found;
  if (found.result !== null) return told(teller, row, found.result);
  const now = await databaseNow(db);
  const span = { from: new Date(now), to: new Date(now + teller.minutes * minuteMs) };
  const wish = { id: row.id, labels: row.labels, by: row.said_by, comment: row.said, ...span };
  const made = await makeSilence(teller, wish, signal);
  return made.ok ? told(teller, row, made.result.silenceID) : made;
}

/** The answer to an earlier attempt may have been lost, with whoever made it. */
function madeBefore(teller: Teller, row: ToldBackRow, signal: AbortSignal): Promise<Asked<string | null>> {
  if (row.silence_id !== null || (row.state === 'queued' && row.attempts <= 1))
    return Promise.resolve({ ok: true, result: row.silence_id });
  return findSilence(teller, row.id, signal);
}

function told({ minutes }: Teller, { sender, name }: ToldBackRow, silenceId: string): Outcome {
  const text = `Acknowledged at "${sender}": ${name} is silent there for ${minutes} min at most`;
  return { ok: true, result: { silenceId, text } };
}

async function takeBack(teller: Teller, row: ToldBackRow, signal: AbortSignal): Promise<Outcome> {
  const found = await madeBefore(teller, row, signal);
  if (!found.ok) return found;
  if (found.result === null) return nothingThere;
  const ended = await endSilence(teller, found.result, signal);
  if (!ended.ok) return ended;
  const text = `No longer silent at "${row.sender}": ${row.name}`;
  return { ok: true, result: { silenceId: found.result, text } };
}

function succeed(
  { db, tell }: Telling,
  row: ToldBackRow,
  done: { readonly context: RowContext; readonly silenceId: string | null; readonly text: string | null },
): Promise<void> {
  return db.transact(async (tx) => {
    if (done.text !== null) await tell(tx, row.incident_id, done.text);
    const after = row.state === 'queued' ? 'told' : 'ended';
    const set = `${stateFrom(row, after)}, silence_id = $3, attempts = 0, last_error = null`;
    await done.context.update(tx, set, [done.silenceId]);
  });
}

function giveUp(
  { db, tell }: Telling,
  row: ToldBackRow,
  { context, reason }: { readonly context: RowContext; readonly reason: string },
): Promise<void> {
  return db.transact(async (tx) => {
    const what = row.state === 'queued' ? 'be acknowledged' : 'be made heard again';
    await tell(tx, row.incident_id, `${row.name} could not ${what} at "${row.sender}": ${reason}`);
    await context.update(tx, `${stateFrom(row, 'failed')}, last_error = $3`, [reason]);
  });
}

/** The incident may have ended meanwhile: what is to be taken back stays to be. */
function stateFrom({ state }: ToldBackRow, after: 'told' | 'ended' | 'failed'): string {
  return `state = case when state = '${state}' then '${after}' else state end`;
}
