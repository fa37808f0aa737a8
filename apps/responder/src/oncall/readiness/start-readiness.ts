import type { Plan } from '@tocsin/runbook';
import {
  databaseNow,
  inTime,
  startRowWorker,
  type Database,
  type Logger,
  type RowContext,
  type Transaction,
} from '#platform';
import type { Person } from '../on-call-view.ts';
import { scheduleCheck } from '../store/readiness-checks.ts';
import type { LiveTeam } from '../team/open-team.ts';
import type { Team } from '../team/team.ts';
import { decideReadiness, type Finding } from './decide-readiness.ts';
import type { ReadinessFacts } from './readiness-facts.ts';
import { readinessPlan } from './readiness-plan.ts';

export interface ReadinessOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly team: Pick<LiveTeam, 'current' | 'onChange'>;
  readonly plan: () => Plan;
  /** What these people have proven, and what providers say; it may take its time. */
  readonly facts: (people: readonly Person[]) => Promise<ReadinessFacts>;
  /** Sends a message to a person; the same id twice is one. */
  readonly inform: (
    tx: Transaction,
    notice: { readonly id: string; readonly person: string; readonly subject: string; readonly text: string },
  ) => Promise<void>;
  readonly log: Logger;
}

interface CheckRow {
  readonly id: string;
  readonly service_id: string;
}

/** Looks once a day, at the owner's morning, whether everybody could be woken; a row is the clock. Answers how to stop. */
export async function startReadiness(options: ReadinessOptions): Promise<{ stop(): Promise<void> }> {
  const { db, log, serviceId, team } = options;
  const plan = (tx: Transaction): Promise<void> => scheduleNext(options, tx);
  await db.transact(plan);
  const unhear = team.onChange(
    () =>
      void db
        .transact(plan)
        .catch((error: unknown) => log.error({ err: error }, 'readiness: its next look could not be set')),
  );
  const worker = await startRowWorker<CheckRow>({
    db,
    log,
    table: 'readiness_checks',
    // Each service looks at its own team.
    pending: `done_at is null and service_id = '${serviceId.replaceAll("'", "''")}'`,
    wakeChannel: 'readiness',
    retryMs: 60_000,
    perform: async (row, context) => {
      // Before the transaction: nobody waits for a provider with rows locked.
      const asked = team.current();
      const facts = await inTime(options.facts(asked.people), context.signal);
      await db.transact((tx) => look(options, { tx, team: asked, facts }, row, context));
    },
  });
  return {
    stop: async () => {
      unhear();
      await worker.stop();
    },
  };
}

async function scheduleNext({ team, serviceId }: ReadinessOptions, tx: Transaction): Promise<void> {
  await scheduleCheck(tx, serviceId, readinessPlan(team.current(), await databaseNow(tx)).at);
}

/** Finding, telling, ticking off and the next look in one transaction: a morning is told once. */
async function look(
  options: ReadinessOptions,
  { tx, team, facts }: { readonly tx: Transaction; readonly team: Team; readonly facts: ReadinessFacts },
  row: CheckRow,
  context: RowContext,
): Promise<void> {
  const now = await databaseNow(tx);
  const findings = decideReadiness(team, options.plan(), facts, now);
  const { owner } = readinessPlan(team, now);
  const told = findings.length === 0 ? null : owner;
  if (told !== null)
    await options.inform(tx, { id: `notice-${row.id}`, person: told, ...sayReadiness(findings) });
  await context.update(tx, 'done_at = clock_timestamp(), findings = $3, told = $4', [
    JSON.stringify(findings),
    told,
  ]);
  await scheduleNext(options, tx);
}

const listed = 20;

/** The warning in words. */
export function sayReadiness(findings: readonly Finding[]): {
  readonly subject: string;
  readonly text: string;
} {
  const count = `${findings.length} ${findings.length === 1 ? 'thing' : 'things'}`;
  const lines = findings.slice(0, listed).map((one) => `- ${one.text}`);
  const more = findings.length > listed ? [`and ${findings.length - listed} more`] : [];
  return {
    subject: `On-call is not ready: ${count} to mend`,
    text: [
      'No incident: this is the daily look at whether everybody could be woken.',
      ...lines,
      ...more,
      'See: tocsin oncall check',
    ].join('\n'),
  };
}
