import { fileURLToPath } from 'node:url';
import { diffPlans } from '@tocsin/runbook';
import { Registry } from 'prom-client';
import { type Alerts, createAlerts, intakeSchema } from '../src/alerts/index.ts';
import { createApi } from '../src/api/index.ts';
import { createComms } from '../src/comms/index.ts';
import {
  createIncidents,
  createPlans,
  type Incidents,
  type IncidentsOptions,
} from '../src/incidents/index.ts';
import { openTeam, type Person, whoIsOnCall } from '../src/oncall/index.ts';
import type { Database, Logger } from '../src/platform/index.ts';
import { openRunbook, type Runbook } from '../src/runbook/index.ts';
import { openFromAlerts } from './open-from-alerts.ts';
import { inTurn, peopleInTurn } from './people-in-turn.ts';
import { runbookFile } from './runbook.ts';

const shipped = fileURLToPath(new URL(`../../../${runbookFile}`, import.meta.url));
const home = 'many-services';
const publicUrl = 'https://tocsin.example.org';

export interface ManyServicesOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly smtpUrl: string;
  readonly tokenFile: string;
  /** Who is paged first; every page goes to the next person, so that no storm holds it back. */
  readonly firstPerson: number;
}

/**
 * A responder without detection: intake, incidents, timers, pages and the API for people as they are. The label `service` of an
 * alert names a service that is down, each its own: alerts of one service would be one incident.
 */
export async function startManyServices(options: ManyServicesOptions) {
  const { db, log } = options;
  const people = peopleInTurn();
  const plans = createPlans(db);
  const start = { people, onCall: { 1: ['p0'], 2: ['p1'], 3: ['p2'], 4: ['p3'] }, smtp: {} };
  const team = await openTeam({ db, serviceId: home, start, log });
  const runbook = await openRunbook({
    db,
    plans,
    serviceId: home,
    file: shipped,
    policy: 'automatic',
    diff: diffPlans,
    onPlan: () => {},
    log,
  });
  const { plan } = runbook.current();
  const onCall = whoIsOnCall(team.current(), plan, Date.now());
  const incidentsOptions: IncidentsOptions = {
    db,
    plans,
    log,
    onCallAt: inTurn(onCall, people, options.firstPerson),
    personOf: (actor) => team.current().personOf(actor),
    sink: async (tx, id, command) => {
      if (command.kind === 'page') await comms.enqueue(tx, id, command);
    },
  };
  const incidents = createIncidents(incidentsOptions);
  const smtp = { url: options.smtpUrl, from: 'Tocsin <tocsin@example.org>' };
  const comms = createComms({ db, incidents, people: () => people, smtp, publicUrl, log });
  const alerts = openFromAlerts(await alertsOf(options, runbook), { incidents, plan, log });
  const api = await apiOf(options, { alerts, comms, incidents, people, plans, runbook, team });
  return {
    plan,
    incidentsOptions,
    /** Sends what is due, fires what is due, and answers HTTP: resolves with its address. */
    start: async (): Promise<string> => {
      await comms.start();
      await incidents.startTimers();
      return api.listen({ host: '127.0.0.1', port: 0 });
    },
  };
}

function alertsOf({ db, log, tokenFile }: ManyServicesOptions, runbook: Runbook): Promise<Alerts> {
  return createAlerts({
    db,
    serviceId: home,
    log,
    config: intakeSchema.parse({
      senders: [{ kind: 'alertmanager', name: 'prometheus', tokenFile }],
      severities: { critical: 'P0' },
    }),
    severities: () => runbook.current().plan.severities.map((one) => one.id),
  });
}

interface Rooms {
  readonly alerts: Alerts;
  readonly comms: ReturnType<typeof createComms>;
  readonly incidents: Incidents;
  readonly people: readonly Person[];
  readonly plans: ReturnType<typeof createPlans>;
  readonly runbook: Runbook;
  readonly team: Awaited<ReturnType<typeof openTeam>>;
}

function apiOf({ db, log }: ManyServicesOptions, rooms: Rooms): ReturnType<typeof createApi> {
  const ports = {
    ...rooms,
    database: db,
    log,
    metrics: new Registry(),
    people: () => rooms.people,
    currentPlan: rooms.runbook.current,
    declare: () => Promise.reject(new Error('nobody declares here')),
    evidence: () => Promise.resolve(null),
    liveOutput: () => Promise.resolve([]),
    inbox: rooms.comms.inboxOf,
    review: () => Promise.resolve(null),
    watched: () => null,
    service: { id: home, namespace: home, deployment: home, service: home, tenants: [] },
  };
  return createApi(ports, {
    version: 'test',
    startedAt: Date.now(),
    consoleDir: null,
    publicUrl,
    requestsPerMinute: 1_000_000,
  });
}
