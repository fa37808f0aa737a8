import { type Alerts, occurrencesBetween } from '#alerts';
import { componentsOf, type Publishing, startPublishing, unknownFunctions } from '#comms';
import { recordProbes } from '#detection';
import type { Incidents } from '#incidents';
import type { Database, Logger } from '#platform';
import type { Config } from './config.ts';
import type { ServiceWatch } from './watch-service.ts';

export interface StatusPageRooms {
  readonly config: Config;
  readonly db: Database;
  readonly log: Logger;
  readonly alerts: Pick<Alerts, 'config' | 'maintenance'>;
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
    incidents,
    maintenance: (from, to) => occurrencesBetween(alerts.config.maintenance, from, to),
    log,
  });
  return {
    stop: async () => {
      await recorder.stop();
      await publishing.stop();
    },
  };
}
