import type { ComponentConfig, StatusPageConfig } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { Incidents } from '#incidents';
import { databaseNow, type Database, holdLease, type Logger, Nap, newId } from '#platform';
import { buildSnapshot, type Occurrence } from './build-snapshot.ts';
import { correctionsOf } from './corrections-of.ts';
import type { IncidentFacts } from './public-incident.ts';
import { incidentFactsReader } from './read-incident-facts.ts';
import { storeSnapshot } from './store-snapshot.ts';
import { publishTenantPages } from './tenants/publish-tenant-pages.ts';
import { createUptimeHistory, shownDays } from './uptime-history.ts';

export interface PublishingOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly config: StatusPageConfig;
  readonly components: readonly ComponentConfig[];
  /** Each has a page of its own, as every tenant that an incident has hit. */
  readonly tenants: readonly string[];
  readonly incidents: Pick<Incidents, 'onChange'>;
  /** When the whole service is in maintenance, between two instants. */
  readonly maintenance: (from: EpochMs, to: EpochMs) => readonly Occurrence[];
  readonly log: Logger;
}

export interface Publishing {
  /** Looks now, as far as this responder is the one that publishes. */
  publish(): Promise<void>;
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
const everyMs = 60_000;
/** Figures of the day that lasts move a little with every minute: often enough is every five. */
const uptimeEveryMs = 5 * 60_000;
const settledMinutes = 60;
const maintenanceBackMs = 30 * dayMs;
const maintenanceAheadMs = 14 * dayMs;

/**
 * Writes what the status page says whenever an incident, an update or a maintenance window changes it; of several responders one
 * does. The page is another process: nothing of what visitors do reaches this one.
 */
export async function startPublishing(options: PublishingOptions): Promise<Publishing> {
  const { db, serviceId, incidents, log } = options;
  const nap = new Nap();
  const publish = oneAfterAnother(createPublish(options));
  const lease = await holdLease(db, `status-page:${serviceId}`, newId('holder'), {
    log,
    onChange: () => nap.wake(),
  });
  const unlisten = [
    await incidents.onChange(() => nap.wake()),
    await db.listen('public_updates', () => nap.wake()),
  ];
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      nap.takeWish();
      const restMs = lease.held() ? await publish().catch(sayFailure) : everyMs;
      await nap.sleep(restMs);
    }
  };
  const sayFailure = (error: unknown): number => {
    log.warn({ err: error }, 'the status page could not be brought up to date; trying again');
    return everyMs / 12;
  };
  const running = loop();
  return {
    publish: async () => void (await publish()),
    stop: async () => {
      stopping.abort();
      for (const end of unlisten) end();
      nap.wake();
      await running;
      await lease.stop();
    },
  };
}

/** An older look must not be written over a newer one. */
function oneAfterAnother<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}

/** One look: reads, builds, stores. Answers for how long it holds, milliseconds. */
function createPublish(options: PublishingOptions): () => Promise<number> {
  const { db, serviceId, config, components } = options;
  const readFacts = incidentFactsReader(db, serviceId);
  const readHistory = createUptimeHistory({ db, serviceId, components, timeZone: config.timeZone });
  const url = publicUrlOf(config);
  const tenants = createTenantPages(options);
  // The figure of a new installation moves with every minute.
  let isSettled = false;
  return async () => {
    const at = await databaseNow(db);
    const since = at - shownDays * dayMs;
    const incidents = await readFacts(since);
    const uptimeAt = isSettled ? Math.floor(at / uptimeEveryMs) * uptimeEveryMs : at;
    const uptime = await readHistory(uptimeAt, correctionsOf(incidents, components, at));
    isSettled ||= [...uptime.values()].flat().some(({ minutes }) => minutes > settledMinutes);
    const maintenance = options.maintenance(at - maintenanceBackMs, at + maintenanceAheadMs);
    const page = { id: serviceId, url, config };
    await storeSnapshot(
      db,
      serviceId,
      buildSnapshot({ at, page, components, incidents, uptime, maintenance }),
    );
    const againMs = await tenants(incidents, { since, at });
    const edges = maintenance.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
    return Math.min(everyMs, againMs, ...edges.map((edge) => edge - at).filter((ms) => ms > 0));
  };
}

const tenantsEveryMs = 5000;

/** Tenants' pages are many: they follow every few seconds. Answers how long to wait where something was left for later, milliseconds. */
function createTenantPages(options: PublishingOptions) {
  const { db, log } = options;
  let doneAt = Number.NEGATIVE_INFINITY;
  return async (
    incidents: readonly IncidentFacts[],
    span: { readonly since: EpochMs; readonly at: EpochMs },
  ): Promise<number> => {
    const restMs = doneAt + tenantsEveryMs - performance.now();
    if (restMs > 0) return restMs;
    await publishTenantPages(db, options, incidents, span).catch((error: unknown) =>
      log.warn({ err: error }, 'the pages of tenants could not be brought up to date; trying again'),
    );
    doneAt = performance.now();
    return everyMs;
  };
}

/** Where visitors reach the page. */
export function publicUrlOf({ url, listen }: StatusPageConfig): string {
  return url ?? `http://${listen.host}:${listen.port}`;
}
