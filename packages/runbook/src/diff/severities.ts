import type { Plan, Severity } from '../plan.ts';
import type { Change } from './change.ts';
import { movedPairs } from './moved-pairs.ts';
import { pairUp, type Paired } from './pair-up.ts';
import { listed, quote } from './phrases.ts';
import { textChanges } from './text-changes.ts';

/** Severities with their criteria; their order says which is graver. */
export function severityChanges(old: Plan, next: Plan): Change[] {
  const paired = pairUp(old.severities, next.severities, {
    keys: [({ id, name }) => `${id} ${name}`, ({ id }) => id, ({ name }) => name],
    text: ({ name, criteria }) => [name, ...criteria].join(' '),
  });
  return [
    ...paired.pairs.flatMap(({ old: before, next: after }) => changesOf(before, after)),
    ...paired.removed.map((gone) => alone(gone, 'removed')),
    ...paired.added.map((come) => alone(come, 'added')),
    ...orderChange(paired, old.severities),
  ];
}

function changesOf(old: Severity, next: Severity): Change[] {
  const changes: Change[] = [];
  const base = { kind: 'severity', what: 'changed', weight: 'neutral' } as const;
  if (old.id !== next.id)
    changes.push({
      ...base,
      text: `severity ${quote(next.name)} is ${next.id} instead of ${old.id}`,
      before: old.id,
      after: next.id,
    });
  if (old.name !== next.name)
    changes.push({
      ...base,
      text: `severity ${next.id} is called ${quote(next.name)} instead of ${quote(old.name)}`,
      before: old.name,
      after: next.name,
    });
  const subject = { kind: 'criterion', name: `criterion of ${next.id}`, guards: true } as const;
  return [...changes, ...textChanges(subject, old.criteria, next.criteria)];
}

function alone({ id, name }: Severity, what: 'added' | 'removed'): Change {
  const weight = what === 'added' ? 'safer' : 'weaker';
  const side = what === 'added' ? { after: id } : { before: id };
  return { kind: 'severity', what, text: `severity ${what}: ${id} ${quote(name)}`, weight, ...side };
}

function orderChange(paired: Paired<Severity>, olds: Severity[]): Change[] {
  if (movedPairs(paired.pairs, olds).length === 0) return [];
  const after = listed(paired.pairs.map(({ next }) => next.id));
  const wanted = new Set(paired.pairs.map(({ old }) => old));
  const before = listed(olds.filter((one) => wanted.has(one)).map(({ id }) => id));
  const text = `severities, the gravest first: ${before} -> ${after}`;
  return [{ kind: 'severity', what: 'moved', text, weight: 'neutral', before, after }];
}
