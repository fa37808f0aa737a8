import type { StatusView } from '@tocsin/contract';
import { databaseNow } from '#platform';
import type { ApiOptions, ApiPorts } from './api-ports.ts';
import { listByState } from './handlers/list-by-state.ts';
import { statusView } from './views/status-view.ts';

/** What is watched and what it says, with the incidents that are open. */
export async function readStatus(ports: ApiPorts, options: ApiOptions): Promise<StatusView> {
  const [now, open, handsOff] = await Promise.all([
    databaseNow(ports.database),
    listByState(ports, 'open', 20),
    ports.incidents.handsOff(),
  ]);
  return statusView(ports, options, { openIncidents: open.map((incident) => incident.id), handsOff }, now);
}
