import type { IncidentView } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { Incident } from '#incidents';
import type { ApiPorts } from '../api-ports.ts';
import { incidentView } from '../views/incident-view.ts';
import { namesOf } from '../views/names.ts';

/** An incident as the wire shows it, by the plan pinned on it. */
export async function showIncident(ports: ApiPorts, incident: Incident, now: EpochMs): Promise<IncidentView> {
  const plan = await ports.plans.loadPlan(incident.planHash);
  return incidentView(incident, plan, namesOf(ports.people()), now);
}
