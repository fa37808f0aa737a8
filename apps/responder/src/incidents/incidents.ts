import {
  AppError,
  createTogether,
  type Queryable,
  type RowWorker,
  type Together,
  type Transaction,
  type Unlisten,
} from '#platform';
import { applyIn, type LaterInput } from './apply.ts';
import type { Actor } from './core/actor.ts';
import type { HandsOff, Incident, IncidentStatus } from './core/incident.ts';
import type { Leak } from './core/updates/leak.ts';
import { leaksIn } from './core/updates/leaks-in.ts';
import type { UpdateAudience } from './core/updates/update.ts';
import { setHandsOffEverywhere, type HandsOffRequest } from './hands-off.ts';
import { merge, split, type MergeRequest, type SplitRequest } from './merge-and-split.ts';
import {
  assess,
  declare,
  uniqueViolation,
  type AssessRequest,
  type DeclareRequest,
} from './open-or-follow.ts';
import { startTimers } from './run-timers.ts';
import type { IncidentsOptions } from './shell.ts';
import { handsOffChannel, readHandsOff } from './store/hands-off.ts';
import {
  listIncidents,
  readEvents,
  readIncident,
  readOpenIncident,
  type StoredEvent,
} from './store/read-incidents.ts';

/** Every verb is one transaction: lock, decide, append events, save, store commands and timers, notify. */
export interface Incidents {
  /** Throws AppError with the code of the refusal. */
  apply(incidentId: string, body: LaterInput, actor: Actor): Promise<Incident>;
  /** The same inside a transaction of the caller's. */
  applyIn(tx: Transaction, incidentId: string, body: LaterInput, actor: Actor): Promise<Incident>;
  /** Shares transactions among changes of many incidents at the same time; the key is the incident's id. */
  readonly together: Together;
  /** Opens an incident or follows the open one; null when there is none and none is needed. */
  assess(request: AssessRequest): Promise<Incident | null>;
  /** Opens on a person's word, or joins the service's open incident. */
  declare(request: DeclareRequest, actor: Actor): Promise<Incident>;
  /** Closes one incident into another: they are one outage. Answers the other. Throws AppError. */
  merge(request: MergeRequest, actor: Actor): Promise<Incident>;
  /** Opens an incident for a part that is another outage; people alone follow it. Answers it. Throws AppError. */
  split(request: SplitRequest, actor: Actor): Promise<Incident>;
  /** What a text to an audience would tell that stays inside, each with its place. */
  leaksIn(
    incident: Incident,
    text: { readonly audience: UpdateAudience; readonly body: string },
  ): readonly Leak[];
  /** How the switch that stops every change stands; null while it is off. */
  handsOff(): Promise<HandsOff | null>;
  /** Stops every change on every incident, or allows them again. Throws AppError. */
  setHandsOff(request: HandsOffRequest, actor: Actor): Promise<HandsOff | null>;
  /** Hears when the switch may have changed. */
  onHandsOff(hear: () => void): Promise<Unlisten>;
  /** By id or number (`12`, `#12`). */
  get(idOrNumber: string): Promise<Incident | null>;
  list(filter?: { readonly status?: IncidentStatus; readonly limit?: number }): Promise<readonly Incident[]>;
  events(incidentId: string, sinceSeq?: number): Promise<readonly StoredEvent[]>;
  /** The service's incident that detection follows: open, mitigated or verified, not split off. */
  findOpen(serviceId: string): Promise<Incident | null>;
  /** Hears of every change, also of other processes; id null: some changes may have been missed, look again. */
  onChange(
    hear: (change: { readonly id: string | null; readonly revision: number }) => void,
  ): Promise<Unlisten>;
  /** Fires due timers until stopped. Call it once detection has run, so that old deadlines meet fresh facts. */
  startTimers(): Promise<RowWorker>;
}

export function createIncidents(options: IncidentsOptions): Incidents {
  const db: Queryable = options.db;
  const together = createTogether(options.db);
  return {
    together,
    apply: (id, body, actor) =>
      unlessAnotherIsOpen(options.db.transact((tx) => applyIn(options, tx, id, { body, actor }))),
    applyIn: (tx, id, body, actor) => applyIn(options, tx, id, { body, actor }),
    assess: withQuietCache(options),
    declare: (request, actor) => declare(options, request, actor),
    merge: (request, actor) => merge(options, request, actor),
    split: (request, actor) => split(options, request, actor),
    leaksIn: (incident, text) => leaksIn(text, incident, options.internalNames?.(incident)),
    handsOff: () => readHandsOff(db),
    setHandsOff: (request, actor) => setHandsOffEverywhere(options, request, actor),
    onHandsOff: (hear) => options.db.listen(handsOffChannel, () => hear()),
    get: (id) => readIncident(db, id),
    list: (filter) => listIncidents(db, filter),
    events: (id, sinceSeq) => readEvents(db, id, sinceSeq),
    findOpen: (serviceId) => readOpenIncident(db, serviceId),
    onChange: (hear) =>
      options.db.listen('incident', (payload) => {
        const [id = null, revision = '0'] = payload === null ? [] : payload.split(' ');
        hear({ id, revision: Number(revision) });
      }),
    startTimers: () => startTimers(options, together),
  };
}

/** An incident that is opened again while detection follows another one of the service loses in SQL. */
async function unlessAnotherIsOpen(work: Promise<Incident>): Promise<Incident> {
  try {
    return await work;
  } catch (error) {
    if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
    const expected = 'detection follows another incident of the service; expected to merge, or to act there';
    throw new AppError('conflict', expected, { cause: error });
  }
}

const quietMs = 1000;

/** In quiet times the database is asked once a second whether somebody has opened an incident, not at every tick. */
function withQuietCache(options: IncidentsOptions): Incidents['assess'] {
  const quietSince = new Map<string, number>();
  const together = createTogether(options.db);
  return async (request) => {
    const { service, assessment } = request;
    const known = quietSince.get(service.id) ?? Number.NEGATIVE_INFINITY;
    if (assessment.verdict !== 'confirmed' && performance.now() - known < quietMs) return null;
    const incident = await assess(options, together, request);
    if (incident === null) quietSince.set(service.id, performance.now());
    else quietSince.delete(service.id);
    return incident;
  };
}
