import type { Plan } from '@tocsin/runbook';
import { createLogger, type Database } from '../src/platform/index.ts';
import { AppError } from '../src/platform/index.ts';
import {
  createIncidents,
  createPlans,
  type Command,
  type Incidents,
  type InputBody,
  type Timer,
} from '../src/incidents/index.ts';
import { whoIsOnCall, type Team } from '../src/oncall/index.ts';
import { Refused, type Engine } from './engine.ts';
import { markdown, runbookFile } from './runbook.ts';

/** The core in its shell on a real PostgreSQL, on a fake clock; timers are rows that the timeline fires. */
export async function databaseEngine(
  db: Database,
  plan: Plan,
  team: Team,
): Promise<Engine & { readonly incidents: Incidents; readonly service: string }> {
  const commands: Command[] = [];
  const service = `service-${Math.random()}`;
  let now = 0;
  const plans = createPlans(db);
  await plans.storePlan(db, { plan, markdown, file: runbookFile });
  const incidents = createIncidents({
    db,
    plans,
    log: createLogger({ level: 'silent' }),
    onCallAt: (current, at) => whoIsOnCall(team, current, at),
    personOf: (actor) => team.personOf(actor),
    sink: (_tx, _id, command) => {
      commands.push(command);
      return Promise.resolve();
    },
    clock: { now: () => Promise.resolve(now) },
  });
  let id: string | null = null;
  return {
    commands,
    incidents,
    service,
    incident: () => (id === null ? Promise.resolve(null) : incidents.get(id)),
    events: () => (id === null ? Promise.resolve([]) : incidents.events(id)),
    take: async (at, body, actor) => {
      now = at;
      try {
        if (body.kind === 'assess')
          id = (await incidents.assess({ ...body, service: { id: service }, diagnoses: [], plan }))?.id ?? id;
        else if (body.kind === 'declare')
          ({ id } = await incidents.declare({ ...body, service: { id: service }, plan }, actor));
        else if (isOfTwo(body)) throw new Error(`${body.kind}: call merge or split of incidents`);
        else await incidents.apply(id ?? 'none', body, actor);
      } catch (error) {
        throw error instanceof AppError ? new Refused(`${error.code}: ${error.message}`) : error;
      }
    },
    nextTimer: (at) => takeTimer(db, id, at),
  };
}

async function takeTimer(db: Database, incidentId: string | null, at: number): Promise<Timer | null> {
  const { rows } = await db.query<{ kind: Timer['kind']; key: string; due_at: number }>(
    `update timers set done_at = clock_timestamp() where id = (
       select id from timers where incident_id = $1 and done_at is null and due_at <= $2 order by due_at, id limit 1)
     returning kind, key, due_at`,
    [incidentId, new Date(at)],
  );
  const [row] = rows;
  return row === undefined ? null : { kind: row.kind, key: row.key, dueAt: row.due_at };
}

type OfTwo = Extract<InputBody, { readonly kind: 'merge' | 'take-over' | 'split' | 'open-split' }>;

function isOfTwo(body: InputBody): body is OfTwo {
  return ['merge', 'take-over', 'split', 'open-split'].includes(body.kind);
}
