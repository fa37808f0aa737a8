import { channelsSchema, createComms, isCommsCommand, type Comms } from '../src/comms/index.ts';
import {
  createIncidents,
  createPlans,
  type Incidents,
  type IncidentsOptions,
} from '../src/incidents/index.ts';
import { whoIsOnCall } from '../src/oncall/index.ts';
import { createLogger, type Database, type Transaction } from '../src/platform/index.ts';
import { people, support, teamOf } from './people.ts';

/** Executives are told by mail. */
const channels = channelsSchema(() => '').parse({
  updates: { targets: { executives: [{ channel: 'email', address: 'board@example.org' }] } },
});

export interface PagingOptions extends Pick<IncidentsOptions, 'clock'> {
  /** Pages are not summarised unless asked. */
  readonly summarises?: boolean;
}

/** Incidents and comms put together as the responder does, nothing started; commands for other rooms are dropped. */
export function createPagingCore(
  db: Database,
  smtpUrl: string,
  { summarises = false, clock }: PagingOptions = {},
): { readonly incidents: Incidents; readonly comms: Comms } {
  const log = createLogger({ level: 'silent' });
  const team = teamOf(undefined, undefined, [support]);
  const plans = createPlans(db);
  const sink: IncidentsOptions['sink'] = async (tx: Transaction, id, command) => {
    if (isCommsCommand(command)) await comms.enqueue(tx, id, command);
  };
  const incidents = createIncidents({
    db,
    plans,
    log,
    sink,
    onCallAt: (current, at) => whoIsOnCall(team, current, at),
    personOf: (actor) => team.personOf(actor),
    clock,
  });
  const smtp = { url: smtpUrl, from: 'Tocsin <tocsin@example.org>' };
  const comms = createComms({
    db,
    channels,
    incidents,
    people: () => people,
    smtp,
    publicUrl: 'https://tocsin.example.org',
    summarises,
    log,
  });
  return { incidents, comms };
}

/** The same at work: what is due is sent and fired for real. The plan is to be in the database. */
export async function startPagingCore(
  db: Database,
  smtpUrl: string,
  options: PagingOptions = {},
): Promise<{ readonly incidents: Incidents; readonly comms: Comms; stop(): Promise<void> }> {
  const { incidents, comms } = createPagingCore(db, smtpUrl, options);
  await comms.start();
  const timers = await incidents.startTimers();
  return {
    incidents,
    comms,
    stop: async () => {
      await timers.stop();
      await comms.stop();
    },
  };
}
