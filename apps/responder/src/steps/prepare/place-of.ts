import type { Action, Plan } from '@tocsin/runbook';
import type { ProposedStep } from '#incidents';
import type { Change } from './change.ts';

/** Where the document names an action, and what it may be offered together with. */
export function placeOf(
  { id }: Pick<Action, 'id'>,
  change: Change,
  { branches, scenarios }: Pick<Plan, 'branches' | 'scenarios'>,
): Pick<ProposedStep, 'section' | 'series'> {
  const branch = branches.find((one) => one.actions.some((action) => action.id === id));
  const scenario = scenarios.find((one) => one.actions.some((action) => action.id === id));
  const section =
    branch === undefined ? scenario && `scenario "${scenario.name}"` : `branch "${branch.when}"`;
  return { ...(section === undefined ? {} : { section }), series: seriesOf(change) };
}

function seriesOf(change: Change): NonNullable<ProposedStep['series']> {
  if ('node' in change) return 'node';
  return 'workload' in change ? 'rollout' : 'other';
}
