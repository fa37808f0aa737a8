import { setTimeout as pause } from 'node:timers/promises';
import type { Incident, Incidents } from '../../src/incidents/index.ts';
import type { Comms } from '../../src/comms/index.ts';
import type { Queryable } from '../../src/platform/index.ts';
import type { Plan } from '@tocsin/runbook';
import { outage, restored } from '../outage-facts.ts';
import { personCalled, system, user } from '../people.ts';

/** A life in the middle of it. `db` is for what time and other processes would do: nothing dies there. */
export interface Life {
  readonly service: string;
  readonly plan: Plan;
  readonly incidents: Incidents;
  readonly comms: Comms;
  readonly db: Queryable;
  /** Epoch milliseconds on the life's clock. */
  now(): number;
  /** Of the incident, once it is open. */
  id: string;
  /** Of the one that is split off from it, once that is open. */
  partId: string;
}

/** One state transition, or one page's way. */
export interface Phase {
  readonly name: string;
  /** Where the life's clock stands, in minutes before the real one. */
  readonly minutesAgo: number;
  readonly act: (life: Life) => Promise<unknown>;
}

/** How often it is looked whether something has come about. */
export const lookMs = 15;

const primary = user('primary');
const green = [{ name: 'health', ok: true, text: '200' }];

/**
 * An incident's whole way, one transition after the other: open -> mitigated -> open -> mitigated -> verified -> stable -> resolved -> reviewed
 * -> open, with all that people do on it. Its pages go out at once, because quiet has ended, with a role, because nobody answered, by the matrix,
 * in a summary, because it was opened again, and for what is split off and merged again.
 */
export const phases: readonly Phase[] = [
  { name: 'opening', minutesAgo: 33, act: assessed(outage) },
  {
    name: 'paging',
    minutesAgo: 33,
    act: async (life) => {
      await life.comms.start();
      await allOut(life);
    },
  },
  {
    name: 'snoozing',
    minutesAgo: 14.5,
    act: applied({ kind: 'snooze', minutes: 10, reason: 'a test' }),
  },
  {
    name: 'ending the quiet',
    minutesAgo: 4,
    act: async (life) => {
      await forgetPace(life);
      await strike(life, 'snooze', 'snooze');
      await allOut(life);
    },
  },
  {
    name: 'handing over',
    minutesAgo: 3.9,
    act: async (life) => {
      await applied({
        kind: 'assign',
        role: 'commander',
        to: personCalled('secondary'),
        reason: 'a test',
      })(life);
      await allOut(life);
    },
  },
  {
    name: 'assigning',
    minutesAgo: 3.8,
    act: applied({ kind: 'assign', role: 'scribe', to: personCalled('primary'), reason: 'a test' }),
  },
  {
    name: 'setting the severity',
    minutesAgo: 3.7,
    act: applied({ kind: 'set-severity', severity: 'P0', reason: 'a test' }),
  },
  {
    name: 'moving on',
    minutesAgo: 3,
    act: async (life) => {
      await forgetPace(life);
      const { pages } = await incidentOf(life);
      await strike(life, 'acknowledgment', pages.at(-1)?.id ?? '');
      await allOut(life);
    },
  },
  {
    name: 'escalating',
    minutesAgo: 2,
    act: async (life) => {
      // Whoever was woken just now rests: the next page is held for a summary.
      await life.db.query('update message_pace set sent_at = clock_timestamp()');
      await strike(life, 'escalation', '2');
      await pagesOut(life);
    },
  },
  {
    name: 'summarising',
    minutesAgo: 1.9,
    act: async (life) => {
      await endRests(life.db);
      await allOut(life);
    },
  },
  { name: 'answering', minutesAgo: 1.8, act: applied({ kind: 'acknowledge' }) },
  {
    name: 'calling outside',
    minutesAgo: 1.75,
    act: applied({ kind: 'external-called', call: 'support', note: 'a test' }),
  },
  { name: 'mitigating', minutesAgo: 1.7, act: assessed((at) => restored(at, at - 1000)) },
  { name: 'harmed again', minutesAgo: 1.6, act: assessed(outage) },
  { name: 'mitigating again', minutesAgo: 1.5, act: assessed((at) => restored(at, at - 1000)) },
  { name: 'testing', minutesAgo: 1.2, act: assessed((at) => restored(at, at - 20_000)) },
  {
    name: 'verifying',
    minutesAgo: 1,
    act: (life) => life.incidents.apply(life.id, { kind: 'smoke-tested', checks: green }, system),
  },
  { name: 'watching', minutesAgo: 0, act: (life) => strike(life, 'hold', 'hold') },
  {
    name: 'closing',
    minutesAgo: 0,
    act: async (life) => {
      const { checklist } = await incidentOf(life);
      const waivers = Object.fromEntries(checklist.map(({ text }) => [text, 'a test']));
      await life.incidents.apply(life.id, { kind: 'resolve', note: 'a test', waivers }, primary);
    },
  },
  {
    name: 'reviewing',
    minutesAgo: 0,
    act: applied({ kind: 'reviewed', note: 'a test', link: null }),
  },
  {
    name: 'opening again',
    minutesAgo: 0,
    act: async (life) => {
      await forgetPace(life);
      await applied({ kind: 'reopen', reason: 'a test' })(life);
      await allOut(life);
    },
  },
  {
    name: 'splitting',
    minutesAgo: 0,
    act: async (life) => {
      await forgetPace(life);
      const part = { from: life.id, title: 'a part', severity: 'P1', reason: 'a test' };
      life.partId = (await life.incidents.split(part, primary)).id;
      await allOut(life);
    },
  },
  {
    name: 'ending by word',
    minutesAgo: 0,
    act: ({ incidents, partId }) => incidents.apply(partId, { kind: 'mitigated', reason: 'a test' }, primary),
  },
  {
    name: 'merging',
    minutesAgo: 0,
    act: ({ incidents, id, partId }) =>
      incidents.merge({ from: partId, into: id, reason: 'a test' }, primary),
  },
];

/** What gathers for an address goes out now: the address has rested. */
export async function endRests(db: Queryable): Promise<void> {
  const { rowCount } = await db.query(
    `update messages set due_at = clock_timestamp()
     where kind = 'summary' and state = 'queued' and due_at > clock_timestamp()`,
  );
  if (rowCount > 0) await db.query(`select pg_notify('messages', '')`);
}

function assessed(facts: (at: number) => ReturnType<typeof outage>): Phase['act'] {
  return async (life) => {
    const { incidents, plan, service } = life;
    const assessment = facts(life.now());
    const request = { service: { id: service }, assessment, diagnoses: [], drill: null, plan };
    life.id = (await incidents.assess(request))?.id ?? life.id;
  };
}

function applied(body: Parameters<Incidents['apply']>[1]): Phase['act'] {
  return (life) => life.incidents.apply(life.id, body, primary);
}

async function incidentOf({ incidents, id }: Life): Promise<Incident> {
  const incident = await incidents.get(id);
  if (incident === null) throw new Error(`incident ${id}: expected it to be there`);
  return incident;
}

/** That timer strikes, and no other. Those of the stability watch and of quiet keep their instant: the incident knows it. */
async function strike({ db, incidents, id }: Life, kind: string, key: string): Promise<void> {
  await db.query(
    `update timers set due_at = clock_timestamp() + case when kind = $2 and key = $3 then interval '0' else interval '1 day' end
     where incident_id = $1 and done_at is null and kind not in ('hold', 'snooze')`,
    [id, kind, key],
  );
  const timers = await incidents.startTimers();
  await whileThereIs(
    db,
    `select 1 from timers where incident_id = $1 and kind = $2 and key = $3 and done_at is null`,
    [id, kind, key],
  );
  await timers.stop();
}

/** Nobody was woken just now: the next page need not wait for a summary. */
async function forgetPace({ db }: Life): Promise<void> {
  await db.query('delete from message_pace');
}

/** A held page is queued by its summary, so none is left over. */
function allOut({ db }: Life): Promise<void> {
  return whileThereIs(db, `select 1 from messages where state in ('queued', 'sending') limit 1`);
}

function pagesOut({ db }: Life): Promise<void> {
  return whileThereIs(
    db,
    `select 1 from messages where state in ('queued', 'sending') and kind = 'page' limit 1`,
  );
}

async function whileThereIs(db: Queryable, sql: string, values: readonly unknown[] = []): Promise<void> {
  while ((await db.query(sql, values)).rowCount > 0) await pause(lookMs);
}
