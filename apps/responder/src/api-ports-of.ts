import { register } from 'prom-client';
import type { Alerts } from '#alerts';
import type { ApiPorts } from '#api';
import type { Comms } from '#comms';
import type { Assessment } from '#detection';
import type { Actor, Incident, Incidents, Plans } from '#incidents';
import type { LiveTeam } from '#oncall';
import { AppError, type Database, type Logger } from '#platform';
import { writeReview } from '#review';
import type { Runbook } from '#runbook';
import type { Steps } from '#steps';
import { activeDrill } from './active-drill.ts';
import type { Config } from './config.ts';
import type { ServiceWatch } from './watch-service.ts';

/** The rooms as the composition root has made them. */
export interface Rooms {
  readonly config: Config;
  readonly db: Database;
  readonly log: Logger;
  readonly runbook: Runbook;
  readonly team: LiveTeam;
  readonly plans: Plans;
  readonly incidents: Incidents;
  readonly comms: Comms;
  readonly steps: Steps;
  readonly watch: ServiceWatch;
  readonly alerts: Alerts;
}

/** What the API needs, filled from the rooms. */
export function apiPortsOf(rooms: Rooms): ApiPorts {
  const { config, db, log, alerts, runbook, team, plans, incidents, steps, comms, watch } = rooms;
  return {
    database: db,
    alerts,
    log,
    metrics: register,
    people: () => team.current().people,
    team,
    incidents,
    declare: (what, actor) => declare(rooms, what, actor),
    comms,
    plans,
    currentPlan: runbook.current,
    runbook,
    evidence: steps.readEvidence,
    liveOutput: steps.liveOutput,
    inbox: comms.inboxOf,
    review: (id) => reviewOf(rooms, id),
    watched: watch.current,
    service: config.service,
  };
}

/** A person's word opens an incident, or joins the open one. */
async function declare(
  rooms: Rooms,
  said: { readonly severity: string; readonly text: string },
  actor: Actor,
): Promise<Incident> {
  const { config, db, incidents, runbook, watch } = rooms;
  const { plan } = runbook.current();
  const severity = plan.severities.find((one) => one.id === said.severity);
  if (severity === undefined)
    throw new AppError(
      'invalid',
      `severity: ${said.severity}; expected one of ${plan.severities.map((one) => one.id).join(', ')}`,
    );
  const assessment = (await watch.lookNow()) ?? nothingMeasured();
  return incidents.declare(
    { service: { id: config.service.id }, ...said, assessment, drill: await activeDrill(db), plan },
    actor,
  );
}

function nothingMeasured(): Assessment {
  return {
    at: Date.now(),
    verdict: 'quiet',
    signals: [],
    tenants: [],
    zones: [],
    severity: null,
    reason: 'nothing has been measured yet',
    confirmedBy: [],
    impactStartAt: null,
    lastHarmAt: null,
    restored: false,
  };
}

async function reviewOf({ incidents, plans }: Rooms, id: string): Promise<string | null> {
  const incident = await incidents.get(id);
  if (incident === null) return null;
  const [events, plan] = await Promise.all([
    incidents.events(incident.id),
    plans.loadPlan(incident.planHash),
  ]);
  return writeReview({ incident, events, plan, evidence: incident.evidence });
}
