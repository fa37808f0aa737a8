import type { AlertFact } from '#facts';
import { startRowWorker, type Database, type Logger, type Transaction } from '#platform';
import type { IntakeConfig } from '../intake-config.ts';
import { readSecret } from '../senders.ts';
import { performTelling, type Teller } from './perform-telling.ts';
import {
  endToldBack,
  insertToldBack,
  readToldIncidents,
  type Taken,
  type ToldBackRow,
  toldBackChannel,
} from './told-back-rows.ts';

export interface TellingBackOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly config: Pick<IntakeConfig, 'senders'>;
  /** Puts on an incident's timeline what came of it. */
  readonly tell: (tx: Transaction, incidentId: string, text: string) => Promise<void>;
  readonly log: Logger;
}

/** Acknowledging where an alert came from. */
export interface TellingBack {
  /** Somebody has taken an incident: the senders of these alerts that can be told are told. */
  taken(taken: Taken, alerts: readonly AlertFact[]): Promise<void>;
  /** The incident is over: it is taken back. */
  over(incidentId: string): Promise<void>;
  /** Incidents that something is told for. */
  incidents(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** One storm must not make silences by the hundred. */
const mostAlerts = 20;

/** Starts to tell; null where no sender is configured to be told. Throws with the place of a secret that cannot be read. */
export async function startTellingBack(options: TellingBackOptions): Promise<TellingBack | null> {
  const { db, serviceId, log } = options;
  const tellers = tellersOf(options.config);
  if (tellers.size === 0) return null;
  const worker = await startRowWorker<ToldBackRow>({
    db,
    log,
    table: 'told_back',
    // Each service knows its own senders.
    pending: `state in ('queued', 'ending') and service_id = '${serviceId.replaceAll("'", "''")}'`,
    claimSet: 'attempts = attempts + 1',
    wakeChannel: toldBackChannel,
    concurrency: 2,
    perform: (row, context) => performTelling(options, tellers.get(row.sender) ?? null, row, context),
  });
  // An incident changes often: what is a row already is not written again.
  const stored = new Set<string>();
  return {
    taken: async (taken, alerts) => {
      const keyOf = (one: AlertFact): string => `${taken.incidentId}-${one.fingerprint}`;
      const told = alerts
        .filter((one) => tellers.has(one.source) && one.startsAt <= taken.at)
        .slice(0, mostAlerts)
        .filter((one) => !stored.has(keyOf(one)));
      if (told.length === 0) return;
      await db.transact((tx) => insertToldBack(tx, serviceId, taken, told));
      for (const one of told) stored.add(keyOf(one));
    },
    over: (incidentId) => {
      stored.clear();
      return db.transact((tx) => endToldBack(tx, incidentId));
    },
    incidents: () => readToldIncidents(db, serviceId),
    stop: () => worker.stop(),
  };
}

function tellersOf({ senders }: TellingBackOptions['config']): ReadonlyMap<string, Teller> {
  return new Map(
    senders.flatMap((sender, n): [string, Teller][] => {
      const how = 'acknowledge' in sender ? sender.acknowledge : undefined;
      if (how === undefined) return [];
      const { url, minutes, tokenFile } = how;
      const place = `intake.senders.${n}.acknowledge.tokenFile`;
      return [
        [sender.name, { url, minutes, token: tokenFile === undefined ? null : readSecret(tokenFile, place) }],
      ];
    }),
  );
}
