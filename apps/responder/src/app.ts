import type { TeamDocument } from '@tocsin/contract';
import { diffPlans } from '@tocsin/runbook';
import { register } from 'prom-client';
import { type Alerts, createAlerts } from '#alerts';
import { createApi, runbookNotice } from '#api';
import { createCluster } from '#cluster';
import {
  type Comms,
  createComms,
  isCommsCommand,
  publicUrlOf,
  startWatchdog,
  unreachableContacts,
  withoutMail,
} from '#comms';
import { watchedService } from '#detection';
import type { Facts } from '#facts';
import { createIncidents, createPlans, type IncidentsOptions } from '#incidents';
import { openTeam, type Person, personById, whoIsOnCall } from '#oncall';
import { createDatabase, type Database, type Logger, migrate } from '#platform';
import { openRunbook } from '#runbook';
import { createSteps, type Steps } from '#steps';
import { acknowledgeBack } from './acknowledge-back.ts';
import { apiPortsOf } from './api-ports-of.ts';
import { closeReportsWithIncidents } from './close-reports.ts';
import type { Config } from './config.ts';
import { connectionUse } from './connection-use.ts';
import { findKubectl } from './find-kubectl.ts';
import { namesIn } from './internal-names.ts';
import { muteNodes } from './mute-nodes.ts';
import { publishStatusPage } from './publish-status-page.ts';
import { watchReadiness } from './watch-readiness.ts';
import { type ServiceWatch, watchService } from './watch-service.ts';

export interface AppOptions {
  readonly log: Logger;
  readonly version: string;
  readonly searchPath: string;
  readonly progress: (message: string) => void;
}

/** A running responder. */
export interface App {
  readonly url: string;
  readonly db: Database;
  /** Everybody who may sign in at this start. */
  readonly people: readonly Person[];
  /** What everybody should know about the runbook at this start; null when its file is in use as it is. */
  readonly runbookNotice: string | null;
  stop(): Promise<void>;
}

/** Puts the rooms together and starts them in order; a failure names its step. */
export async function createApp(
  config: Config & { readonly databaseUrl: string },
  options: AppOptions,
): Promise<App> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.toReversed()) await one();
  };
  try {
    return { ...(await startRooms(config, options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startRooms(
  config: Config & { readonly databaseUrl: string },
  options: AppOptions,
  stops: (() => Promise<void>)[],
) {
  const { log } = options;
  const publicUrl = config.publicUrl ?? `http://${config.listen.host}:${config.listen.port}`;
  const db = createDatabase(config.databaseUrl, { log });
  stops.push(() => db.close());
  await labelled(options, 'database', () => migrate(db));

  const rooms = await labelled(options, 'runbook', () => createRooms({ config, db, publicUrl }, options));
  stops.push(rooms.runbook.close, rooms.team.close);
  const { cluster, comms, incidents, steps } = rooms;
  await labelled(options, 'cluster', () => cluster.start());
  stops.push(() => cluster.stop());
  await labelled(options, 'pages', () => comms.start());
  stops.push(() => comms.stop());
  const watchdog = await startWatchdog({ db, config: config.watchdog, metrics: register, log });
  stops.push(() => Promise.resolve(watchdog.stop()));
  await labelled(options, 'steps', () => steps.start());
  stops.push(() => steps.stop());
  const alerts = await labelled(options, 'alerts', () =>
    openAlerts({ config, db, publicUrl }, rooms, log, stops),
  );
  const watch = await labelled(options, 'detection', () =>
    watchService({ config, db, log, alerts, ...rooms }),
  );
  rooms.setPlan = watch.setPlan;
  rooms.seen = watch.current;
  // A version may have come into use while detection was being put together.
  watch.setPlan(rooms.runbook.current().plan);
  stops.push(() => watch.stop());
  const statusPage = await labelled(options, 'status page', () =>
    publishStatusPage({ config, db, log, alerts, watch, incidents }),
  );
  stops.push(() => statusPage.stop());
  // After detection: old deadlines are to meet fresh facts.
  const timers = await labelled(options, 'timers', () => incidents.startTimers());
  stops.push(() => timers.stop());

  const readiness = await labelled(options, 'readiness', () => watchReadiness({ config, db, log, ...rooms }));
  stops.push(() => readiness.stop());

  const ports = apiPortsOf({ config, db, log, alerts, watch, ...rooms });
  const api = await createApi(ports, {
    version: options.version,
    startedAt: Date.now(),
    consoleDir: config.consoleDir,
    publicUrl,
  });
  stops.push(() => api.close());
  await labelled(options, 'console', () => api.listen(config.listen));
  const notice = runbookNotice(rooms.runbook.state(), Date.now())?.text ?? null;
  return { url: publicUrl, db, people: rooms.team.current().people, runbookNotice: notice };
}

/** Alerts of other tools, and what they have to do with incidents: reports end with theirs, and senders hear who has taken it. */
async function openAlerts(
  { config, db, publicUrl }: Making,
  { runbook, team, incidents }: Awaited<ReturnType<typeof createRooms>>,
  log: Logger,
  stops: (() => Promise<void>)[],
): Promise<Alerts> {
  const { service, intake } = config;
  const alerts = await createAlerts({
    db,
    serviceId: service.id,
    config: intake,
    severities: () => runbook.current().plan.severities.map((one) => one.id),
    log: log.child({ room: 'alerts' }),
  });
  stops.push(() => alerts.stop());
  stops.push(await closeReportsWithIncidents({ alerts, incidents, serviceId: service.id, log }));
  const nameOf = (id: string): string => personById(team.current().people, id)?.name ?? id;
  stops.push(
    await acknowledgeBack({ db, alerts, config: intake, incidents, service, nameOf, publicUrl, log }),
  );
  return alerts;
}

interface Making {
  readonly config: Config;
  readonly db: Database;
  readonly publicUrl: string;
}

/** The team of the configuration, and what of it an applied one has to fit. */
function teamOf(config: Config) {
  const { channels } = config;
  const smtp = config.smtp ?? channels.email[0];
  return {
    start: { ...config, smtp },
    misfitsOf: ({ people, external = [] }: TeamDocument) => [
      ...unreachableContacts(people, channels),
      ...withoutMail(external, smtp !== undefined),
    ],
  };
}

/** Signatures are over the address that providers call: only a configured one can be it. */
function waysOut({ channels, publicUrl, smtp, statusPage, service }: Config, reachedAt: string) {
  return {
    channels,
    statusPageUrl: statusPage.url,
    statusPage: { serviceId: service.id, url: publicUrlOf(statusPage) },
    publicUrl: reachedAt,
    callbackBase: publicUrl ?? null,
    ...(smtp === undefined ? {} : { smtp }),
  };
}

/** What incidents order is said or done by another room. */
function sinkTo(rooms: () => { readonly comms: Comms; readonly steps: Steps }): IncidentsOptions['sink'] {
  return (tx, incidentId, command) => {
    const { comms, steps } = rooms();
    return isCommsCommand(command)
      ? comms.enqueue(tx, incidentId, command)
      : steps.enqueue(tx, incidentId, command);
  };
}

/** What the watch has seen last, as steps ask for it. */
function seenBy(late: { readonly seen: ServiceWatch['current'] }) {
  const facts = (): Facts | null => late.seen()?.facts ?? null;
  return {
    connections: () => {
      const seen = facts();
      return seen === null ? null : connectionUse(seen);
    },
    muteNodes: () => muteNodes(facts() ?? { at: 0 }),
  };
}

function kubeconfigOf({ kubeconfig }: Config): { readonly kubeconfigPath?: string } {
  return kubeconfig === undefined ? {} : { kubeconfigPath: kubeconfig };
}

async function createRooms({ config, db, publicUrl }: Making, { log, searchPath }: AppOptions) {
  const plans = createPlans(db);
  const serviceId = config.service.id;
  const team = await openTeam({ db, serviceId, log: log.child({ room: 'oncall' }), ...teamOf(config) });
  const late: Pick<ServiceWatch, 'setPlan'> & { seen: ServiceWatch['current'] } = {
    setPlan: () => {},
    seen: () => null,
  };
  const runbook = await openRunbook({
    db,
    plans,
    serviceId,
    file: config.runbook.file,
    policy: config.runbook.adopt,
    diff: diffPlans,
    onPlan: (plan) => late.setPlan(plan),
    log: log.child({ room: 'runbook' }),
  });
  const sink = sinkTo(() => ({ comms, steps }));
  const incidents = createIncidents({
    db,
    plans,
    log: log.child({ room: 'incidents' }),
    onCallAt: (plan, at) => whoIsOnCall(team.current(), plan, at),
    personOf: (actor) => team.current().personOf(actor),
    sink,
    internalNames: namesIn({ config, publicUrl, team, seen: () => late.seen() }),
    finalUpdates: (...closed) => comms.updates.finals(...closed),
  });
  const cluster = createCluster({
    ...kubeconfigOf(config),
    service: watchedService(config),
    log: log.child({ room: 'cluster' }),
  });
  const comms = createComms({
    db,
    incidents,
    people: () => team.current().people,
    onCallNow: () => whoIsOnCall(team.current(), runbook.current().plan, Date.now()),
    log: log.child({ room: 'comms' }),
    ...waysOut(config, publicUrl),
  });
  const steps = createSteps({
    db,
    incidents,
    plans,
    cluster,
    service: config.service,
    kubeconfigPath: config.kubeconfig ?? null,
    apiServer: config.apiServer,
    kubectlPath: findKubectl(config.kubectl, searchPath),
    searchPath,
    clusterUserOf: (actor) =>
      config.impersonate ? (team.current().personOf(actor)?.clusterUser ?? null) : null,
    pagesOut: comms.pagesOut,
    ...seenBy(late),
    log: log.child({ room: 'steps' }),
  });
  return Object.assign(late, { plans, team, runbook, incidents, cluster, comms, steps });
}

async function labelled<T>({ progress }: AppOptions, label: string, start: () => Promise<T>): Promise<T> {
  progress(label);
  try {
    return await start();
  } catch (cause) {
    throw new Error(`start-up step "${label}" failed: ${(cause as Error).message}`, { cause });
  }
}
