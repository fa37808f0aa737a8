import type { Plan } from '@tocsin/runbook';
import type { Assessment, SeverityId } from '#detection';
import type { Diagnosis } from '#diagnosis';
import { newId, type Together, type Transaction } from '#platform';
import type { Actor } from './core/actor.ts';
import type { Drill, Incident } from './core/incident.ts';
import type { InputBody } from './core/input.ts';
import { takeInput, timeOf, type Held, type IncidentsOptions } from './shell.ts';
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
export function assess(
  options: IncidentsOptions,
  together: Together,
  request: AssessRequest,
): Promise<Incident | null> {
  const { assessment, drill, service, plan } = request;
  const confirmed = assessment.verdict === 'confirmed';
  const shared = (work: (tx: Transaction) => Promise<Incident | null>) => together(service.id, work);
  return withOpenRace(shared, async (tx) => {
    const { held, fresh } = await holdOpen(options, tx, { serviceId: service.id, plan, mayOpen: confirmed });
    if (held.locked === null && !confirmed) return null;
    const body: InputBody = { kind: 'assess', serviceId: service.id, assessment, drill, ...fresh };
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
  return withOpenRace(options.db.transact, async (tx) => {
    const { held, fresh } = await holdOpen(options, tx, { serviceId: service.id, plan, mayOpen: true });
    const body: InputBody = { kind: 'declare', serviceId: service.id, ...said, ...fresh };
    const declared = await takeInput(options, tx, held, { body, actor });
    if (declared.locked === null) throw new Error(`declaring for ${service.id} opened nothing`);
    return declared.locked.incident;
  });
}

interface Opening {
  readonly serviceId: string;
  /** The current plan. */
  readonly plan: Plan;
  readonly mayOpen: boolean;
}

/** Holds what is open, on the plan that it is pinned to; or nothing, with an id and a number for what opens. */
async function holdOpen(
  options: IncidentsOptions,
  tx: Transaction,
  { serviceId, plan: current, mayOpen }: Opening,
): Promise<{ readonly held: Held; readonly fresh: { newId: string; newNumber: number } }> {
  const found = await lockOpenIncident(tx, serviceId, mayOpen);
  const { locked } = found;
  const plan = locked === null ? current : await options.plans.loadPlan(locked.planHash, tx);
  const now = await timeOf(options, tx, 'now' in found ? found : found.locked);
  // A number is not spent on following.
  const fresh =
    'number' in found && found.number !== null
      ? { newId: newId('inc'), newNumber: found.number }
      : { newId: '', newNumber: 0 };
  return { held: { locked, plan, now }, fresh };
}

/** Two that open at the same time: SQL lets one win, and the other follows the winner's incident. */
async function withOpenRace<T>(
  transact: (work: (tx: Transaction) => Promise<T>) => Promise<T>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await transact(work);
    } catch (error) {
      if ((error as { code?: unknown }).code !== uniqueViolation || attempt === openLimit) throw error;
    }
}
