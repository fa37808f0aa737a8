import type { IncidentState } from '@tocsin/contract';
import type { Incident, IncidentStatus } from '#incidents';
import type { ApiPorts } from '../api-ports.ts';

const open: readonly IncidentStatus[] = ['open', 'mitigated', 'verified'];
/** The newest of these are looked through; an open incident older than so many others does not exist. */
const lookBack = 500;

/** Newest first. Open: harm lasts, or recovery is not proven yet. Closed: stable or resolved. */
export async function listByState(
  ports: Pick<ApiPorts, 'incidents'>,
  state: IncidentState,
  limit: number,
): Promise<readonly Incident[]> {
  if (state === 'all') return ports.incidents.list({ limit });
  const all = await ports.incidents.list({ limit: lookBack });
  return all.filter((incident) => open.includes(incident.status) === (state === 'open')).slice(0, limit);
}
