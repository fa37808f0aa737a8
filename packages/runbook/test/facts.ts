import type { Action, Plan, SourceRange } from '../src/index.ts';

/** What a person would read out of a runbook, a line a fact; commands word for word, with their places. */
export function factsOf(plan: Plan): string[] {
  return [
    `name: ${plan.name}`,
    ...Object.entries(plan.settings).map(([key, value]) => `setting ${key}: ${value}`),
    ...plan.severities.map(({ id, name, criteria }) => `severity ${id} ${name}: ${criteria.join(' | ')}`),
    ...plan.detectors.map(detectorFact),
    ...plan.roles.map(({ id, title, duty }) => `role ${id} (${title}): ${duty}`),
    ...plan.phases.flatMap((phase) => [
      `phase ${phase.n} ${phase.name}: ${spanOf(phase)}${phase.timed ? '' : ' (assumed)'}`,
      ...phase.steps.flatMap((step) => [
        `  ${step.kind}: ${step.title}${step.holdMinutes === undefined ? '' : ` [${step.holdMinutes} min]`}`,
        ...step.points.map((point) => `    - ${point}`),
        ...step.actions.map(actionFact),
      ]),
    ]),
    ...plan.branches.flatMap(({ phase, when, causes, actions }) => [
      `branch of ${phase}: ${when} [${causes.join(' ')}]`,
      ...actions.map(actionFact),
    ]),
    ...plan.scenarios.flatMap(({ name, symptoms, causes, actions }) => [
      `scenario ${name}: ${symptoms.join(' | ')} [${causes.join(' ')}]`,
      ...actions.map(actionFact),
    ]),
    ...plan.cadences.map(({ audience, everyMinutes }) => `update ${audience} every ${everyMinutes} min`),
    ...plan.triggers.map(({ audience, afterMinutes }) => `update ${audience} after ${afterMinutes} min`),
    ...(plan.mailings ?? []).map(
      ({ audience, severities }) => `mail ${audience} for ${severities.join(' ')}`,
    ),
    ...plan.escalation.map(
      ({ level, target, roleId, ...span }) =>
        `level ${level} ${spanOf(span)}: ${target}${roleId === undefined ? '' : ` = ${roleId}`}`,
    ),
    ...plan.contacts.map(
      ({ name, value, placeholder }) => `contact ${name}: ${value}${placeholder ? ' (open)' : ''}`,
    ),
    ...plan.checklist.map(
      ({ text, done, evidence }) => `box ${done ? 'x' : ' '} ${text} [${evidence ?? 'person'}]`,
    ),
    `stable for ${plan.stabilityMinutes} min`,
    ...plan.problems
      .filter(({ level, code }) => level === 'error' || /^RB0(?:03|04|05|09|10|11)$/.test(code))
      .map(({ code, level, line, column }) => `${level} ${code} at ${line}:${column}`),
  ];
}

function detectorFact({ kind, text, threshold, manual, source }: Plan['detectors'][number]): string {
  const limit =
    threshold === undefined
      ? ''
      : ` {${threshold.op} ${threshold.value} ${threshold.unit}${threshold.percentile === undefined ? '' : ` p${threshold.percentile}`}}`;
  return `detector ${source.line}:${source.column} ${kind}${manual ? ' (people)' : ''}${limit}: ${text}`;
}

function actionFact({ source, effect, approvals, text, label, manual, placeholders }: Action): string {
  const { line, column, endLine, endColumn } = source;
  const place = `${line}:${column}-${endLine === line ? '' : `${endLine}:`}${endColumn}`;
  const asks = approvals === 0 ? '' : ` asks ${approvals}`;
  const open = placeholders.length === 0 ? '' : ` needs ${placeholders.join(' ')}`;
  const about = label === undefined ? '' : ` # ${label}`;
  return `    ${place} ${effect}${asks}${open}${manual === undefined ? '' : ' by hand'}: ${JSON.stringify(text)}${about}`;
}

function spanOf({ fromMinutes, toMinutes }: { fromMinutes: number; toMinutes: number | null }): string {
  return toMinutes === null ? `${fromMinutes}+ min` : `${fromMinutes}-${toMinutes} min`;
}

/** All actions of a plan, in the order of its parts. */
export function actionsOf(plan: Plan): Action[] {
  return [...plan.phases.flatMap((phase) => phase.steps), ...plan.branches, ...plan.scenarios].flatMap(
    (part) => part.actions,
  );
}

/** Lines of a text as the compiler counts them. */
export function linesOf(markdown: string): string[] {
  return markdown
    .replace(/^\uFEFF/, '')
    .replaceAll('\u0000', '\uFFFD')
    .split(/\r\n|\r|\n/);
}

/** Actions whose place does not hold their text. Behind a line end, only what a list or a quote indents may differ. */
export function misquoted(markdown: string, plan: Plan): Action[] {
  const lines = linesOf(markdown);
  return actionsOf(plan).filter(({ source, text }) => {
    const written = text.split('\n');
    if (source.endLine - source.line !== written.length - 1) return true;
    return written.some((part, index) => {
      const line = lines[source.line - 1 + index] ?? '';
      const from = index === 0 ? source.column - 1 : Math.max(line.length - part.trimStart().length, 0);
      const to = index === written.length - 1 ? source.endColumn - 1 : line.length;
      const start = index === 0 ? from : line.indexOf(part.trim());
      return start < 0 || line.slice(index === 0 ? from : start, to).trim() !== part.trim();
    });
  });
}

/** Ranges of a plan that do not lie in its text. */
export function misplaced(markdown: string, plan: Plan): SourceRange[] {
  const lines = linesOf(markdown);
  const lengthOf = (number: number): number => (lines[number - 1] ?? '').length;
  return rangesOf(plan).filter(({ line: from, column, endLine, endColumn }) => {
    const startsInside = from >= 1 && column >= 1 && column <= lengthOf(from) + 1;
    const endsInside = endLine <= lines.length && endColumn <= lengthOf(endLine) + 1;
    const isForward = from < endLine || (from === endLine && column <= endColumn);
    return !(startsInside && endsInside && isForward);
  });
}

function rangesOf(plan: Plan): SourceRange[] {
  const steps = plan.phases.flatMap((phase) => phase.steps);
  const parts = [
    plan.phases,
    steps,
    plan.branches,
    plan.scenarios,
    plan.detectors,
    plan.cadences,
    plan.triggers,
    plan.mailings ?? [],
    plan.escalation,
    plan.checklist,
    plan.contacts,
    actionsOf(plan),
  ].flat();
  return [...parts.map((part) => part.source), ...plan.problems];
}
