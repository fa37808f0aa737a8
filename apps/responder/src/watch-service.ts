import type { Alerts } from '#alerts';
import type { Cluster } from '#cluster';
import { type Assessment, createDetection, type Detection } from '#detection';
import { diagnose, type Diagnosis } from '#diagnosis';
import type { Facts } from '#facts';
import type { Incidents } from '#incidents';
import { type Database, holdLease, type Lease, type Logger, newId } from '#platform';
import type { Runbook } from '#runbook';
import { activeDrill } from './active-drill.ts';
import type { Config } from './config.ts';
import { isHeldBack } from './held-back.ts';

export interface WatchOptions {
  readonly config: Config;
  readonly db: Database;
  readonly cluster: Cluster;
  readonly alerts: Alerts;
  readonly incidents: Incidents;
  readonly runbook: Pick<Runbook, 'current'>;
  readonly log: Logger;
}

interface Seen {
  readonly assessment: Assessment;
  readonly facts: Facts;
}

/** Detection, run where the service's lease is held, and its findings handed to the core. */
export interface ServiceWatch {
  /** What is seen now; no diagnoses while all is quiet. */
  current(): (Seen & { readonly diagnoses: readonly Diagnosis[] }) | null;
  /** What is observed now; null where another responder watches. */
  facts(): Facts | null;
  setPlan: Detection['setPlan'];
  lookNow: Detection['lookNow'];
  stop(): Promise<void>;
}

/** Starts watching as soon as the lease is ours; resolves when the first try for it has ended. */
export async function watchService(options: WatchOptions): Promise<ServiceWatch> {
  const { config, db, cluster, log } = options;
  const inbox = oneAtATime((seen: Seen) => handOver(options, detection, seen), log);
  const detection: Detection = createDetection({
    config,
    plan: options.runbook.current().plan,
    cluster,
    told: options.alerts.facts,
    log: log.child({ room: 'detection' }),
    onAssessment: (assessment, facts) => inbox.put({ assessment, facts }),
  });
  let turning = Promise.resolve();
  const turn = (held: boolean): void => {
    turning = turning.then(() => (held ? detection.start() : detection.stop()));
    turning.catch((error: unknown) => log.error({ err: error }, 'watching could not be started or stopped'));
  };
  const lease: Lease = await holdLease(db, `watch:${config.service.id}`, newId('holder'), {
    log,
    onChange: turn,
  });
  await turning;
  return {
    current: () => {
      const seen = detection.current();
      if (seen === null) return null;
      const isQuiet = seen.assessment.verdict === 'quiet';
      return { ...seen, diagnoses: isQuiet ? [] : diagnoseOrNone(seen.facts, options) };
    },
    facts: () => detection.current()?.facts ?? null,
    setPlan: detection.setPlan,
    lookNow: detection.lookNow,
    stop: async () => {
      await lease.stop();
      await turning;
      await detection.stop();
      await inbox.settled();
    },
  };
}

/** A defect in a scenario must not keep anybody asleep: the outage is opened and paged without a diagnosis. */
function diagnoseOrNone(
  facts: Facts,
  { log, runbook }: Pick<WatchOptions, 'log' | 'runbook'>,
): readonly Diagnosis[] {
  try {
    return diagnose(facts, runbook.current().plan);
  } catch (error) {
    log.error({ err: error }, 'diagnosing failed; nothing is named');
    return [];
  }
}

async function handOver(
  options: WatchOptions,
  detection: Detection,
  { assessment, facts }: Seen,
): Promise<void> {
  const { config, db, incidents, runbook } = options;
  if (await isHeldBack({ ...options, serviceId: config.service.id }, assessment))
    return detection.setIncidentOpen(false);
  const incident = await incidents.assess({
    service: { id: config.service.id },
    assessment,
    diagnoses: diagnoseOrNone(facts, options),
    drill: assessment.verdict === 'confirmed' ? await activeDrill(db) : null,
    plan: runbook.current().plan,
  });
  detection.setIncidentOpen(incident !== null);
}

/** Works off one at a time; what comes meanwhile replaces what waits: the newest assessment is the true one. */
function oneAtATime<T>(
  work: (item: T) => Promise<void>,
  log: Logger,
): { put(item: T): void; settled(): Promise<void> } {
  let waiting: { readonly item: T } | null = null;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (waiting !== null) {
      const { item } = waiting;
      waiting = null;
      await work(item).catch((error: unknown) =>
        log.error({ err: error }, 'an assessment could not be stored; the next one tries again'),
      );
    }
    running = null;
  };
  return {
    put(item) {
      waiting = { item };
      running ??= run();
    },
    settled: () => running ?? Promise.resolve(),
  };
}
