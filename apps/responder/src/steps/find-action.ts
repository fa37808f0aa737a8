import type { Action, Plan } from '@tocsin/runbook';
import type { Incident } from '#incidents';

/** Every action of a plan: phases, branches, scenarios, in this order. */
export function actionsOf(plan: Plan): readonly Action[] {
  return [
    ...plan.phases.flatMap((phase) => phase.steps.flatMap((step) => step.actions)),
    ...plan.branches.flatMap((branch) => branch.actions),
    ...plan.scenarios.flatMap((scenario) => scenario.actions),
  ];
}

/** The action with this id, of the document or as a person asked for it; null when there is none. */
export function findAction({ plan, incident }: Known, id: string): Action | null {
  return [...actionsOf(plan), ...(incident.asked ?? [])].find((action) => action.id === id) ?? null;
}

/** Where actions are known from. */
interface Known {
  readonly plan: Plan;
  readonly incident: Pick<Incident, 'asked'>;
}
