import type { Action } from '../../plan.ts';
import { rangeInAction, rewrite, type Edit } from '../rewrite.ts';
import type { Finding, LintContext, Rule } from '../rule.ts';

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
  find: (context) => {
    const byThing = namesByThing(context.actions);
    return context.actions.flatMap((action) => {
      const clash = action.placeholders
        .map((name) => byThing.get(thingOf(name)) ?? [])
        .find((names) => names.length > 1);
      return clash === undefined ? [] : [finding(context, action, clash)];
    });
  },
};

function finding({ document }: LintContext, action: Action, clash: string[]): Finding {
  const wanted = shortest(clash);
  const edits = clash.filter((name) => name !== wanted).flatMap((name) => renamings(action, name, wanted));
  const at = edits[0] ?? { from: action.text.indexOf(`<${wanted}>`), to: 0 };
  const to = edits[0]?.to ?? at.from + wanted.length + 2;
  return {
    source: rangeInAction(document, action, at.from, to) ?? action.source,
    message: `${clash.map((name) => `<${name}>`).join(' and ')} seem to mean one thing: use <${wanted}> everywhere`,
    ...rewrite(document, action, edits, false),
  };
}

function renamings(action: Action, name: string, wanted: string): Edit[] {
  return Array.from(action.text.matchAll(new RegExp(`<${name}>`, 'g')), ({ index }) => ({
    from: index,
    to: index + name.length + 2,
    text: `<${wanted}>`,
  }));
}

function namesByThing(actions: Action[]): Map<string, string[]> {
  const byThing = new Map<string, string[]>();
  for (const name of new Set(actions.flatMap((action) => action.placeholders))) {
    const names = byThing.get(thingOf(name));
    if (names === undefined) byThing.set(thingOf(name), [name]);
    else names.push(name);
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
