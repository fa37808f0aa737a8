import type { SeverityId } from '#detection';
import type { Actor } from './core/actor.ts';
import type { Incident } from './core/incident.ts';
import { freshIncident, holdIncident, takeInput, type IncidentsOptions } from './shell.ts';

type HeldIncident = Awaited<ReturnType<typeof holdIncident>>;

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
    for (const id of ids) held.set(id, await holdIncident(options, tx, id));
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
    const origin = await holdIncident(options, tx, from);
    const fresh = await freshIncident(tx);
    const into = { id: fresh.newId, number: fresh.newNumber };
    await takeInput(options, tx, origin, { body: { kind: 'split', into, ...said }, actor });
    const parts = { ...said, ...fresh, origin: origin.locked.incident };
    const opened = await takeInput(
      options,
      tx,
      { ...origin, locked: null },
      { body: { kind: 'open-split', ...parts }, actor },
    );
    if (opened.locked === null) throw new Error(`splitting ${from} opened nothing`);
    return opened.locked.incident;
  });
}

function find(held: ReadonlyMap<string, HeldIncident>, id: string): HeldIncident {
  const one = held.get(id);
  if (one === undefined) throw new Error(`incident ${id} is not held`);
  return one;
}
