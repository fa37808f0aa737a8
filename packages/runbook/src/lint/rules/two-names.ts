import type { Action } from '../../plan.ts';
import { allActions, type Rule } from '../rule.ts';

/** Words that say in what state a thing is, not what thing it is. */
const STATE = new Set([
  'failed',
  'affected',
  'broken',
  'bad',
  'faulty',
  'target',
  'my',
  'your',
  'the',
  'name',
  'valid',
  'current',
]);

/** RB021: one thing under two names (`<node-name>`, `<failed-node-name>`) is asked for twice. */
export const twoNames: Rule = {
  code: 'RB021',
  level: 'warning',
  find: ({ plan }) => {
    const actions = allActions(plan);
    const byThing = namesByThing(actions);
    return actions.flatMap((action) => {
      const clash = action.placeholders
        .map((name) => byThing.get(thingOf(name)) ?? [])
        .find((names) => names.length > 1);
      if (clash === undefined) return [];
      const wanted = shortest(clash);
      const message = `${clash.map((name) => `<${name}>`).join(' and ')} seem to mean one thing: use <${wanted}> everywhere`;
      return [{ source: action.source, message, suggestion: renamed(action, clash, wanted) }];
    });
  },
};

function namesByThing(actions: Action[]): Map<string, string[]> {
  const byThing = new Map<string, string[]>();
  for (const name of new Set(actions.flatMap((action) => action.placeholders))) {
    byThing.set(thingOf(name), [...(byThing.get(thingOf(name)) ?? []), name]);
  }
  return byThing;
}

function thingOf(name: string): string {
  return (
    name
      .split('-')
      .filter((word) => !STATE.has(word))
      .join('-') || name
  );
}

function shortest(names: string[]): string {
  return names.toSorted((a, b) => a.length - b.length)[0] ?? '';
}

function renamed(action: Action, names: string[], wanted: string): string {
  return names.reduce((text, name) => text.replaceAll(`<${name}>`, `<${wanted}>`), action.text);
}
