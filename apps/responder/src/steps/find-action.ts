import type { Action, Plan } from '@tocsin/runbook';

/** Every action of a plan: phases, branches, scenarios, in this order. */
export function actionsOf(plan: Plan): readonly Action[] {
  return [
    ...plan.phases.flatMap((phase) => phase.steps.flatMap((step) => step.actions)),
    ...plan.branches.flatMap((branch) => branch.actions),
    ...plan.scenarios.flatMap((scenario) => scenario.actions),
  ];
}

/** The action with this id, or null. */
export function findAction(plan: Plan, id: string): Action | null {
  return actionsOf(plan).find((action) => action.id === id) ?? null;
}
