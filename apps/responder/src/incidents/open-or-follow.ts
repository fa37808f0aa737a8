import type { Plan } from '@tocsin/runbook';
import type { Assessment, SeverityId } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { Transaction } from '#platform';
import type { Actor } from './core/actor.ts';
import type { Drill, Incident } from './core/incident.ts';
import type { InputBody } from './core/input.ts';
import { freshIncident, takeInput, timeOf, type Held, type IncidentsOptions } from './shell.ts';
import { lockOpenIncident } from './store/lock-incident.ts';

/** What detection and diagnosis say about a service right now. */
export interface AssessRequest {
  readonly service: { readonly id: string };
  readonly assessment: Assessment;
  readonly diagnoses: readonly Diagnosis[];
  readonly drill: Drill | null;
  /** The current plan: pinned when an incident opens, passed over when one is open. */
  readonly plan: Plan;
}

/** What a person says about a service. */
export interface DeclareRequest {
  readonly service: { readonly id: string };
  readonly severity: SeverityId;
  readonly text: string;
  readonly assessment: Assessment;
  readonly drill: Drill | null;
  readonly plan: Plan;
}

const watcher: Actor = { kind: 'system', id: 'watcher' };
/** PostgreSQL's word for a second row where one may be. */
export const uniqueViolation = '23505';
const openLimit = 3;

/** Opens an incident or follows the open one; null when there is none and none is needed. */
export function assess(options: IncidentsOptions, request: AssessRequest): Promise<Incident | null> {
  const { assessment, drill, service, plan } = request;
  const confirmed = assessment.verdict === 'confirmed';
  return withOpenRace(options, async (tx) => {
    const held = await holdOpen(options, tx, service.id, plan);
    if (held.locked === null && !confirmed) return null;
    const body: InputBody = {
      kind: 'assess',
      serviceId: service.id,
      assessment,
      drill,
      ...(await fresh(tx, held)),
    };
    const assessed = await takeInput(options, tx, held, { body, actor: watcher });
    if (assessed.locked === null) return null;
    const diagnose: InputBody = { kind: 'diagnose', diagnoses: request.diagnoses };
    const diagnosed = await takeInput(options, tx, assessed, { body: diagnose, actor: watcher });
    return diagnosed.locked?.incident ?? null;
  });
}

/** Opens an incident on a person's word, or joins the open one. */
export function declare(options: IncidentsOptions, request: DeclareRequest, actor: Actor): Promise<Incident> {
  const { service, plan, ...said } = request;
  return withOpenRace(options, async (tx) => {
    const held = await holdOpen(options, tx, service.id, plan);
    const body: InputBody = { kind: 'declare', serviceId: service.id, ...said, ...(await fresh(tx, held)) };
    const declared = await takeInput(options, tx, held, { body, actor });
    if (declared.locked === null) throw new Error(`declaring for ${service.id} opened nothing`);
    return declared.locked.incident;
  });
}

async function holdOpen(
  options: IncidentsOptions,
  tx: Transaction,
  serviceId: string,
  current: Plan,
): Promise<Held> {
  const locked = await lockOpenIncident(tx, serviceId);
  const plan = locked === null ? current : await options.plans.loadPlan(locked.planHash, tx);
  return { locked, plan, now: await timeOf(options, tx, locked) };
}

/** A number is not spent on following. */
async function fresh(tx: Transaction, held: Held): Promise<{ newId: string; newNumber: number }> {
  return held.locked === null ? freshIncident(tx) : { newId: '', newNumber: 0 };
}

/** Two that open at the same time: SQL lets one win, and the other follows the winner's incident. */
async function withOpenRace<T>(options: IncidentsOptions, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await options.db.transact(work);
    } catch (error) {
      if ((error as { code?: unknown }).code !== uniqueViolation || attempt === openLimit) throw error;
    }
}
