import type { Action, Plan } from '@tocsin/runbook';

/** Every action of a plan: of phases, branches and scenarios. */
export function actionsOf(plan: Plan): Action[] {
  return [...plan.phases.flatMap((phase) => phase.steps), ...plan.branches, ...plan.scenarios].flatMap(
    (part) => part.actions,
  );
}
