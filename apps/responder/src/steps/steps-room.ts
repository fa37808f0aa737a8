import type { Plan } from '@tocsin/runbook';
import type { Actor, Incident } from '#incidents';
import type { Database, Logger } from '#platform';
import type { ConnectionUse } from './live-view.ts';
import type { LiveOutputs } from './live-outputs.ts';
import type { Runner } from './pipeline/run-pipeline.ts';
import type { StepsCluster, StepsIncidents, StepsPlans, StepsService } from './ports.ts';

/** Everything the jobs of this room work with. */
export interface StepsRoom {
  readonly db: Database;
  readonly log: Logger;
  readonly incidents: StepsIncidents;
  readonly plans: StepsPlans;
  readonly cluster: StepsCluster;
  readonly service: StepsService;
  readonly runner: Runner;
  /** Output of what runs right now. */
  readonly live: LiveOutputs;
  /** Connections of the database as measured last; null where nobody does. */
  readonly connections: () => ConnectionUse | null;
  /** Nodes that give no logs, as known now. */
  readonly muteNodes: () => ReadonlySet<string>;
  /** Whose rights a person's changes have on the cluster; null: our own. */
  readonly clusterUserOf: (actor: Actor) => string | null;
  /** Resolves when a read may be made: pages go first. */
  readonly pagesOut: () => Promise<void>;
  /** How long to wait between two looks of a post-check, milliseconds. */
  readonly pollMs: number;
  /** How long the effect of a change that ended well may take to show, milliseconds. */
  readonly effectMs: number;
  /** How long a change that was under way at a crash may take to show, milliseconds. */
  readonly findOutMs: number;
}

/** The incident and its pinned plan. Throws when either is missing: both are written before a job is. */
export async function loadIncident(
  room: StepsRoom,
  incidentId: string,
): Promise<{ incident: Incident; plan: Plan }> {
  const incident = await room.incidents.get(incidentId);
  if (incident === null) throw new Error(`incident ${incidentId}: not found; a job names it`);
  return { incident, plan: await room.plans.loadPlan(incident.planHash) };
}
