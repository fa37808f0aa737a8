import type { Action, Effect, Plan } from '@tocsin/runbook';
import pc from 'picocolors';

type Colors = ReturnType<typeof pc.createColors>;

/** The plan as a person reads it: what is watched, who is woken when, what runs and what asks first. */
export function formatPlan(plan: Plan, useColor: boolean): string {
  const colors = pc.createColors(useColor);
  const title = `${colors.bold(plan.name)}  ${colors.dim(plan.hash.slice(0, 12))}`;
  const parts = [
    ...watched(plan),
    ...people(plan),
    ...procedure(plan, colors),
    ...informed(plan),
    problemLine(plan),
  ];
  return [title, ...parts].join('\n');
}

function watched(plan: Plan): string[] {
  return [
    '',
    'Severities',
    ...plan.severities.map(({ id, name, criteria }) => `  ${id}  ${name}: ${criteria.join('; ')}`),
    '',
    'Detectors',
    ...plan.detectors.map(
      ({ kind, text, bound }) => `  ${kind.padEnd(20)} ${text}${bound ? '' : '  (nothing measures this)'}`,
    ),
  ];
}

function people(plan: Plan): string[] {
  return [
    '',
    'Roles',
    ...plan.roles.map(({ name, title, duty }) => `  ${name} (${title}): ${duty}`),
    '',
    'Escalation',
    ...plan.escalation.map(
      ({ level, target, ...span }) => `  ${level}  ${spanOf(span).padEnd(12)} ${target}`,
    ),
  ];
}

function procedure(plan: Plan, colors: Colors): string[] {
  const phases = plan.phases.flatMap((phase) => [
    '',
    `Phase ${phase.n}: ${phase.name} (${spanOf(phase)})`,
    ...phase.steps.flatMap((step) => [
      `  ${step.title}`,
      ...step.actions.map((action) => actionLine(action, colors)),
    ]),
    ...plan.branches
      .filter((branch) => branch.phase === phase.n)
      .flatMap((branch) => [
        `  if: ${branch.when}`,
        ...branch.actions.map((action) => actionLine(action, colors)),
      ]),
  ]);
  const scenarios = plan.scenarios.flatMap((scenario) => [
    '',
    `Scenario: ${scenario.name} (${scenario.symptoms.join(', ')})`,
    ...scenario.actions.map((action) => actionLine(action, colors)),
  ]);
  return [...phases, ...scenarios];
}

function actionLine(action: Action, colors: Colors): string {
  const effect = effectColor(action.effect, colors)(action.effect.padEnd(11));
  const asks =
    action.approvals === 0 ? '' : `  [${action.approvals} approval${action.approvals === 1 ? '' : 's'}]`;
  const byHand = action.manual === undefined ? '' : `  [by hand: ${action.manual}]`;
  const [first = '', ...more] = action.text.split('\n');
  return `    ${effect} ${first}${more.length > 0 ? ' ...' : ''}${colors.dim(asks + byHand)}`;
}

function effectColor(effect: Effect, colors: Colors): (text: string) => string {
  switch (effect) {
    case 'read':
      return colors.green;
    case 'create-temp':
      return colors.cyan;
    case 'mutate':
      return colors.yellow;
    case 'destroy':
      return colors.red;
    default:
      return effect satisfies never;
  }
}

function informed(plan: Plan): string[] {
  return [
    '',
    'Updates',
    ...plan.cadences.map(({ audience, everyMinutes }) => `  ${audience}: every ${everyMinutes} min`),
    ...plan.triggers.map(({ audience, afterMinutes }) => `  ${audience}: after ${afterMinutes} min`),
    ...(plan.mailings ?? []).map(
      ({ audience, severities }) => `  ${audience}: by e-mail for ${severities.join(', ')}`,
    ),
    ...(plan.stabilityMinutes === null ? [] : [`  recovered when stable for ${plan.stabilityMinutes} min`]),
    '',
    `Checklist: ${plan.checklist.length} lines`,
  ];
}

function problemLine(plan: Plan): string {
  const errors = plan.problems.filter((problem) => problem.level === 'error');
  if (errors.length === 0) return `Problems: ${plan.problems.length} (tocsin lint shows them)`;
  return [
    'Errors',
    ...errors.map(({ file, line, column, message }) => `  ${file}:${line}:${column} ${message}`),
  ].join('\n');
}

function spanOf({ fromMinutes, toMinutes }: { fromMinutes: number; toMinutes: number | null }): string {
  return toMinutes === null ? `${fromMinutes}+ min` : `${fromMinutes}-${toMinutes} min`;
}
