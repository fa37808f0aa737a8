import {
  AppError,
  startRowWorker,
  type RowContext,
  type RowWorker,
  type Together,
  type Transaction,
} from '#platform';
import type { EpochMs } from '#facts';
import { applyIn } from './apply.ts';
import type { Actor } from './core/actor.ts';
import type { TimerKind } from './core/input.ts';
import type { IncidentsOptions } from './shell.ts';
import { dueInOf, timersChannel } from './store/set-timers.ts';

/** A stored timer. */
export interface TimerRow {
  readonly id: number;
  readonly incident_id: string;
  readonly kind: TimerKind;
  readonly key: string;
  readonly due_at: EpochMs;
}

const clockwork: Actor = { kind: 'system', id: 'timer' };

/** Timers as a queue. */
export const timerQueue = { table: 'timers', pending: 'done_at is null' } as const;

/** Those that are due at the same time are written together. */
const firedAtOnce = 24;

/** Fires due timers until stopped: stored deadlines that survive the process. */
export function startTimers(options: IncidentsOptions, together: Together): Promise<RowWorker> {
  return startRowWorker<TimerRow>({
    ...timerQueue,
    db: options.db,
    log: options.log,
    wakeChannel: timersChannel,
    dueIn: dueInOf,
    concurrency: firedAtOnce,
    perform: (row, context) => fireOnce({ options, together }, row, context),
  });
}

/** Effect and tick-off in one transaction: a timer fires exactly once. */
export function fireOnce(
  { options, together }: { readonly options: IncidentsOptions; readonly together: Together },
  row: TimerRow,
  context: Pick<RowContext, 'update'>,
): Promise<void> {
  return together(row.incident_id, async (tx) => {
    await fireTimer(options, tx, row);
    await context.update(tx, 'done_at = clock_timestamp()');
  });
}

/** Hands a timer to the core, which looks at the state as it is now. */
async function fireTimer(options: IncidentsOptions, tx: Transaction, row: TimerRow): Promise<void> {
  const timer = { kind: row.kind, key: row.key, dueAt: row.due_at };
  try {
    await applyIn(options, tx, row.incident_id, { body: { kind: 'timer', timer }, actor: clockwork });
  } catch (error) {
    // A refusal is an answer, too; anything else is tried again.
    if (!(error instanceof AppError)) throw error;
    options.log.warn({ timer, incident: row.incident_id, reason: error.message }, 'timer refused');
  }
}
