import type { SeverityId } from '#detection';
import { AppError, newId, type Transaction } from '#platform';
import type { Actor } from './core/actor.ts';
import type { Incident } from './core/incident.ts';
import { takeInput, timeOf, type Held, type IncidentsOptions } from './shell.ts';
import { lockIncident, type Locked } from './store/lock-incident.ts';

type HeldIncident = Held & { readonly locked: Locked };

export interface MergeRequest {
  /** Id of the incident that is closed. */
  readonly from: string;
  /** Id of the one that goes on. */
  readonly into: string;
  readonly reason: string;
}

export interface SplitRequest {
  /** Id of the incident that part of is another outage. */
  readonly from: string;
  readonly title: string;
  readonly severity: SeverityId;
  readonly reason: string;
}

/** Two incidents are one outage. Answers the one that goes on. Throws AppError with the code of the refusal. */
export function merge(options: IncidentsOptions, request: MergeRequest, actor: Actor): Promise<Incident> {
  const { reason } = request;
  return options.db.transact(async (tx) => {
    // Always in the same order: two people who merge the same pair must not wait for each other.
    const ids = [...new Set([request.from, request.into])].toSorted();
    const held = new Map<string, HeldIncident>();
    for (const id of ids) held.set(id, await hold(options, tx, id));
    const from = find(held, request.from);
    const into = find(held, request.into);
    const before = from.locked.incident;
    await takeInput(options, tx, from, {
      body: { kind: 'merge', into: into.locked.incident, reason },
      actor,
    });
    const taken = await takeInput(options, tx, into, {
      body: { kind: 'take-over', from: before, reason },
      actor,
    });
    return taken.locked?.incident ?? into.locked.incident;
  });
}

/** Part of an incident is another outage. Answers the new one. Throws AppError with the code of the refusal. */
export function split(options: IncidentsOptions, request: SplitRequest, actor: Actor): Promise<Incident> {
  const { from, ...said } = request;
  return options.db.transact(async (tx) => {
    const origin = await hold(options, tx, from);
    const { rows } = await tx.query<{ number: number }>(`select nextval('incident_number') as number`);
    const into = { id: newId('inc'), number: rows[0]?.number ?? 0 };
    await takeInput(options, tx, origin, { body: { kind: 'split', into, ...said }, actor });
    const fresh = { origin: origin.locked.incident, newId: into.id, newNumber: into.number };
    const opened = await takeInput(
      options,
      tx,
      { ...origin, locked: null },
      { body: { kind: 'open-split', ...said, ...fresh }, actor },
    );
    if (opened.locked === null) throw new Error(`splitting ${from} opened nothing`);
    return opened.locked.incident;
  });
}

async function hold(options: IncidentsOptions, tx: Transaction, id: string): Promise<HeldIncident> {
  const locked = await lockIncident(tx, id);
  if (locked === null) throw new AppError('not-found', `incident "${id}": there is none with this id`);
  const plan = await options.plans.loadPlan(locked.planHash, tx);
  return { locked, plan, now: await timeOf(options, tx, locked) };
}

function find(held: ReadonlyMap<string, HeldIncident>, id: string): HeldIncident {
  const one = held.get(id);
  if (one === undefined) throw new Error(`incident ${id} is not held`);
  return one;
}
