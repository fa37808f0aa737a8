import { fileURLToPath } from 'node:url';
import { diffPlans } from '@tocsin/runbook';
import { Registry } from 'prom-client';
import { type Alerts, createAlerts, intakeSchema } from '../src/alerts/index.ts';
import { type ApiPorts, createApi } from '../src/api/index.ts';
import { createComms } from '../src/comms/index.ts';
import { createIncidents, createPlans, type IncidentsOptions } from '../src/incidents/index.ts';
import { type OnCallView, openTeam, type Person, whoIsOnCall } from '../src/oncall/index.ts';
import type { Database, Logger } from '../src/platform/index.ts';
import { openRunbook } from '../src/runbook/index.ts';
import { outage } from './outage-facts.ts';
import { runbookFile } from './runbook.ts';

const shipped = fileURLToPath(new URL(`../../../${runbookFile}`, import.meta.url));
const home = 'many-services';
const openAtOnce = 4;

export interface ManyServicesOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly smtpUrl: string;
  readonly tokenFile: string;
  /** As many people are on call in turn: each page goes to the next, so that no storm holds it back. */
  readonly people: number;
}

/**
 * A responder without detection: intake, incidents, timers, pages and the API for people as they are. The label `service` of an
 * alert names a service that is down, each its own: alerts of one service would be one incident.
 */
export async function startManyServices(options: ManyServicesOptions) {
  const { db, log } = options;
  const people = peopleInTurn(options.people);
  const start = { people, onCall: { 1: ['p0'], 2: ['p1'], 3: ['p2'], 4: ['p3'] }, smtp: {} };
  const team = await openTeam({ db, serviceId: home, start, log });
  const plans = createPlans(db);
  const runbook = await openRunbook({
    ...{ db, plans, serviceId: home, file: shipped, policy: 'automatic', diff: diffPlans, log },
    onPlan: () => {},
  });
  const { plan } = runbook.current();
  const view = inTurn(whoIsOnCall(team.current(), plan, Date.now()), people);
  const incidentsOptions: IncidentsOptions = {
    ...{ db, plans, log },
    onCallAt: view,
    personOf: (actor) => team.current().personOf(actor),
    sink: async (tx, id, command) => {
      if (command.kind === 'page') await comms.enqueue(tx, id, command);
    },
  };
  const incidents = createIncidents(incidentsOptions);
  const publicUrl = 'https://tocsin.example.org';
  const smtp = { url: options.smtpUrl, from: 'Tocsin <tocsin@example.org>' };
  const comms = createComms({ db, incidents, people: () => people, smtp, publicUrl, log });
  const open = (service: string): Promise<unknown> =>
    incidents.assess({
      service: { id: service },
      assessment: outage(Date.now()),
      diagnoses: [],
      drill: null,
      plan,
    });
  const alerts = await createAlerts({
    ...{ db, serviceId: home, log, config: intakeOf(options.tokenFile) },
    severities: () => plan.severities.map((one) => one.id),
  });
  const ports: ApiPorts = {
    ...{ database: db, log, metrics: new Registry(), team, runbook, plans, incidents, comms },
    alerts: opening(alerts, open, log),
    people: () => people,
    currentPlan: runbook.current,
    declare: () => Promise.reject(new Error('nobody declares here')),
    evidence: () => Promise.resolve(null),
    inbox: comms.inboxOf,
    review: () => Promise.resolve(null),
    watched: () => null,
    service: { id: home, namespace: home, deployment: home, service: home, tenants: [] },
  };
  const api = await createApi(ports, {
    ...{ version: 'test', startedAt: Date.now(), consoleDir: null, publicUrl },
    requestsPerMinute: 1_000_000,
  });
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

function intakeOf(tokenFile: string) {
  return intakeSchema.parse({
    senders: [{ kind: 'alertmanager', name: 'prometheus', tokenFile }],
    severities: { critical: 'P0' },
  });
}

/** What was stored opens its incident at once, some at a time; the sender's answer does not wait for it. */
function opening(alerts: Alerts, open: (service: string) => Promise<unknown>, log: Logger): Alerts {
  const waiting: string[] = [];
  let lanes = 0;
  const lane = async (): Promise<void> => {
    lanes += 1;
    for (let service = waiting.shift(); service !== undefined; service = waiting.shift())
      await open(service).catch((error: unknown) => log.error({ err: error }, 'an alert opened no incident'));
    lanes -= 1;
  };
  return {
    ...alerts,
    take: async (source, incoming) => {
      await alerts.take(source, incoming);
      waiting.push(...incoming.alerts.map(({ labels }) => labels['service'] ?? 'unnamed'));
      if (lanes < openAtOnce) void lane();
    },
  };
}

function peopleInTurn(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `p${n}`,
    name: `Person ${n}`,
    role: 'approver',
    contacts: [{ channel: 'email', address: `p${n}@example.org` }],
    drill: false,
  }));
}

function inTurn(view: OnCallView, people: readonly Person[]): () => OnCallView {
  let next = 0;
  return () => {
    const person = people[(next += 1) % people.length];
    if (person === undefined) return view;
    return { ...view, levels: view.levels.map((level) => ({ ...level, persons: [person] })) };
  };
}
