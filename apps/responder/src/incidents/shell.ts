import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { OnCallView, Person } from '#oncall';
import { AppError, newId, type Database, type Logger, type Transaction } from '#platform';
import type { Actor } from './core/actor.ts';
import type { Command } from './core/command.ts';
import { decide } from './core/decide.ts';
import type { IncidentEvent } from './core/event.ts';
import { evolve } from './core/evolve.ts';
import { whoInforms } from './core/updates/who-informs.ts';
import type { InternalNames } from './core/updates/leak.ts';
import type { Incident } from './core/incident.ts';
import type { FinalUpdate, Input, InputBody, Timer } from './core/input.ts';
import type { Plans } from './plans.ts';
import { appendEvents } from './store/append-events.ts';
import { inCharge } from './core/rules/in-charge.ts';
import { lockIncident, type Locked } from './store/lock-incident.ts';
import { insertSnapshot, updateSnapshot } from './store/save-snapshot.ts';
import { readAutomatic } from './store/read-automatic.ts';
import { setTimers } from './store/set-timers.ts';

/** A command for another room: stored as a row in the transaction of the events that ask for it. */
export type SunkCommand = Exclude<Command, { kind: 'set-timer' }>;

export interface IncidentsOptions {
  readonly db: Database;
  readonly plans: Plans;
  readonly onCallAt: (plan: Plan, at: EpochMs) => OnCallView;
  readonly personOf: (actor: Actor) => Person | null;
  readonly sink: (tx: Transaction, incidentId: string, command: SunkCommand) => Promise<void>;
  /** What must not be told outside, as far as it is known; absent: its form alone gives it away. */
  readonly internalNames?: (incident: Incident) => InternalNames;
  /** The last words to every audience, as the incident stands; absent: none are said. */
  readonly finalUpdates?: (incident: Incident, plan: Plan, at: EpochMs) => readonly FinalUpdate[];
  readonly log: Logger;
  /** Replaces the database's clock in tests that play hours in a moment. */
  readonly clock?: { now(tx: Transaction): Promise<EpochMs> };
}

/** An incident in the hands of one transaction; `locked` is null before it is opened. */
export interface Held {
  readonly locked: Locked | null;
  readonly plan: Plan;
  readonly now: EpochMs;
}

/** An incident that exists, locked for this transaction with its pinned plan. Throws AppError. */
export async function holdIncident(
  options: IncidentsOptions,
  tx: Transaction,
  id: string,
): Promise<Held & { readonly locked: Locked }> {
  const locked = await lockIncident(tx, id);
  if (locked === null) throw new AppError('not-found', `incident "${id}": there is none with this id`);
  const plan = await options.plans.loadPlan(locked.planHash, tx);
  return { locked, plan, now: await timeOf(options, tx, locked) };
}

/** Id and number for an incident that is about to open. */
export async function freshIncident(tx: Transaction): Promise<{ newId: string; newNumber: number }> {
  const { rows } = await tx.query<{ number: number }>(`select nextval('incident_number') as number`);
  return { newId: newId('inc'), newNumber: rows[0]?.number ?? 0 };
}

/** Decides one input and writes all that follows, in the given transaction. Returns what is then held. Throws AppError. */
export async function takeInput(
  options: IncidentsOptions,
  tx: Transaction,
  held: Held,
  what: { readonly body: InputBody; readonly actor: Actor },
): Promise<Held> {
  const { plan, locked } = held;
  // The log's times never run backwards, whatever the clock does.
  const at = Math.max(held.now, locked?.lastEventAt ?? held.now);
  const onCall = options.onCallAt(plan, at);
  const input = {
    ...what,
    at,
    plan,
    person: options.personOf(what.actor),
    onCall,
    handsOff: handsOffOf(held),
    inCharge: whoAnswers(options, held, what.body),
    automatic: await automaticSoFar(tx, { at, onCall, body: what.body }),
    ...toldFacts(options, held, { at, body: what.body }),
  };
  const decision = decide(locked?.incident ?? null, input);
  if ('refused' in decision) throw new AppError(decision.refused.code, decision.refused.message);
  if (decision.events.length === 0) return held;
  const { because } = decision;
  const from = locked?.incident.revision ?? 0;
  const events = decision.events.map((body, index): IncidentEvent => ({
    seq: from + index,
    at,
    actor: what.actor,
    because,
    body,
  }));
  const written = await writeEvents(tx, locked, events);
  await storeCommands(options, tx, { incidentId: written.incident.id, now: held.now }, decision.commands);
  return { ...held, locked: { ...written, now: held.now, handsOff: handsOffOf(held) } };
}

/** What telling others needs to know; asked for only where something may be told. */
function toldFacts(
  { personOf, internalNames, finalUpdates }: IncidentsOptions,
  { locked, plan }: Held,
  { at, body }: Pick<Input, 'at' | 'body'>,
): Pick<Input, 'informer' | 'internalNames' | 'finals'> {
  if (locked === null) return {};
  const { incident } = locked;
  if (body.kind === 'timer') {
    const id = whoInforms(incident);
    return { informer: id === null ? null : personOf({ kind: 'user', id, name: id }) };
  }
  if (body.kind !== 'post-update' && body.kind !== 'resolve') return {};
  return {
    ...(internalNames === undefined ? {} : { internalNames: internalNames(incident) }),
    ...(body.kind === 'resolve' && finalUpdates !== undefined
      ? { finals: finalUpdates(incident, plan, at) }
      : {}),
  };
}

/** Read only where the team's policy may be asked. */
async function automaticSoFar(
  tx: Transaction,
  { at, onCall, body }: Pick<Input, 'at' | 'onCall' | 'body'>,
): Promise<Input['automatic']> {
  const mayApprove = body.kind === 'steps-prepared' && (onCall.approvals?.automatic ?? []).length > 0;
  return mayApprove ? readAutomatic(tx, at) : [];
}

const asksWhoLeads: ReadonlySet<Timer['kind']> = new Set(['phase', 'snooze']);

/** Asked only where somebody may be nudged, or is woken before the first level. */
function whoAnswers({ personOf }: IncidentsOptions, { locked }: Held, body: InputBody): readonly Person[] {
  if (locked === null || body.kind !== 'timer' || !asksWhoLeads.has(body.timer.kind)) return [];
  return inCharge(locked.incident).flatMap((id) => personOf({ kind: 'user', id, name: id }) ?? []);
}

/** As it was read with the lock; an incident that is about to open has nothing to stop. */
function handsOffOf({ locked }: Held): Locked['handsOff'] {
  return locked?.handsOff ?? null;
}

async function writeEvents(
  tx: Transaction,
  locked: Locked | null,
  events: readonly IncidentEvent[],
): Promise<Omit<Locked, 'now' | 'handsOff'>> {
  const before = locked?.incident ?? null;
  const incident = events.reduce<Incident | null>((folded, event) => evolve(folded, event), before);
  const at = events.at(-1)?.at;
  if (incident === null || at === undefined) throw new Error('no events to write');
  const [, lastHash] = await Promise.all([
    before === null ? insertSnapshot(tx, incident, at) : updateSnapshot(tx, incident, at, before.revision),
    appendEvents(tx, incident.id, locked?.lastHash ?? '', events),
  ]);
  tx.tell('incident', `${incident.id} ${incident.revision}`);
  return { incident, planHash: incident.planHash, lastEventAt: at, lastHash };
}

async function storeCommands(
  options: IncidentsOptions,
  tx: Transaction,
  { incidentId, now }: { readonly incidentId: string; readonly now: EpochMs },
  commands: readonly Command[],
): Promise<void> {
  const timers: Timer[] = [];
  const sunk: Promise<void>[] = [];
  for (const command of commands)
    if (command.kind === 'set-timer') timers.push(command.timer);
    else sunk.push(options.sink(tx, incidentId, command));
  await Promise.all([...sunk, setTimers(tx, incidentId, { timers, now })]);
}

/** The time of this operation: the database's clock as read with the lock, or the test's. */
export async function timeOf(
  options: IncidentsOptions,
  tx: Transaction,
  read: { readonly now: EpochMs },
): Promise<EpochMs> {
  if (options.clock !== undefined) return options.clock.now(tx);
  return read.now;
}
