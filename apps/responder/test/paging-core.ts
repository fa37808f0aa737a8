import { channelsSchema, createComms, isCommsCommand, type Comms } from '../src/comms/index.ts';
import {
  createIncidents,
  createPlans,
  type Incidents,
  type IncidentsOptions,
} from '../src/incidents/index.ts';
import { whoIsOnCall } from '../src/oncall/index.ts';
import { createLogger, type Database, type Transaction } from '../src/platform/index.ts';
import { people, teamOf } from './people.ts';

/** Executives are told by mail. */
const channels = channelsSchema(() => '').parse({
  updates: { targets: { executives: [{ channel: 'email', address: 'board@example.org' }] } },
});

/** Incidents and comms put together as the responder does, sending for real; commands for other rooms are dropped. The plan is to be in the database. Pages are not summarised unless asked. */
export async function startPagingCore(
  db: Database,
  smtpUrl: string,
  summarises = false,
): Promise<{ readonly incidents: Incidents; readonly comms: Comms; stop(): Promise<void> }> {
  const log = createLogger({ level: 'silent' });
  const team = teamOf();
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
