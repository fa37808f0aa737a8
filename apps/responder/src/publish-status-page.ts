import { subscribeWays } from '@tocsin/contract';
import { type Alerts, occurrencesBetween } from '#alerts';
import {
  componentsOf,
  type Publishing,
  publicUrlOf,
  startForgetting,
  startMailing,
  startPosting,
  startPublishing,
  startTakingWishes,
  unknownFunctions,
} from '#comms';
import { recordProbes } from '#detection';
import type { Incidents } from '#incidents';
import type { Database, Logger } from '#platform';
import type { Config } from './config.ts';
import type { ServiceWatch } from './watch-service.ts';

export interface StatusPageRooms {
  readonly config: Config;
  readonly db: Database;
  readonly log: Logger;
  readonly alerts: Pick<Alerts, 'config' | 'maintenance' | 'report'>;
  readonly incidents: Pick<Incidents, 'onChange'>;
  readonly watch: Pick<ServiceWatch, 'facts'>;
}

/** Writes down what probes say, and publishes what the status page shows. */
export async function publishStatusPage(rooms: StatusPageRooms): Promise<Pick<Publishing, 'stop'>> {
  const { config, db, alerts, incidents, watch } = rooms;
  const log = rooms.log.child({ room: 'status-page' });
  const functions = config.service.probes.map((one) => one.target);
  const components = componentsOf(config.statusPage.components, functions);
  for (const unknown of unknownFunctions(components, functions))
    log.warn(unknown, 'a component of the status page covers a function that no probe measures');
  const recorder = recordProbes({
    db,
    serviceId: config.service.id,
    facts: watch.facts,
    inMaintenance: () => alerts.maintenance().some((one) => one.active && one.wholeService),
    log,
  });
  const publishing = await startPublishing({
    db,
    serviceId: config.service.id,
    config: config.statusPage,
    components,
    tenants: config.service.tenants.map(({ id }) => id),
    incidents,
    maintenance: (from, to) => occurrencesBetween(alerts.config.maintenance, from, to),
    log,
  });
  const visitors = await serveVisitors(rooms, log);
  return {
    stop: async () => {
      for (const one of visitors) await one.stop();
      await recorder.stop();
      await publishing.stop();
    },
  };
}

/** What visitors ask for, and the messages to those who subscribed; only what is configured. */
async function serveVisitors(
  { config, db, alerts }: StatusPageRooms,
  log: Logger,
): Promise<readonly { stop(): Promise<void> }[]> {
  const { statusPage, smtp, service } = config;
  const { reports, subscribers: ways } = statusPage;
  const offered = subscribeWays(ways);
  if (!reports && offered.length === 0) return [];
  const room = { db, serviceId: service.id, log };
  const page = { id: service.id, name: statusPage.name ?? service.id, url: publicUrlOf(statusPage) };
  const running: { stop(): Promise<void> }[] = [
    startForgetting(db, log),
    await startTakingWishes({ ...room, ways, report: takeFrom(alerts) }),
  ];
  if (ways.email && smtp !== undefined) running.push(await startMailing({ ...room, smtp, page }));
  if (offered.includes('webhook') || offered.includes('slack'))
    running.push(await startPosting({ ...room, ways, page }));
  return running;
}

/** What a visitor says, as anybody's word: it claims neither a tenant nor a flag. */
function takeFrom(alerts: Pick<Alerts, 'report'>): (said: string) => Promise<unknown> {
  return (text) =>
    alerts.report(
      { kind: 'customer-report', tenant: null, text, flag: null, noticedAt: null },
      { kind: 'visitor', id: 'status-page', name: 'Status page' },
    );
}
