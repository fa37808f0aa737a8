import type { Action } from '../../plan.ts';
import { kubectlOf, namespaceOf } from '../commands.ts';
import { nearestWord } from '../nearest-word.ts';
import { rangeInAction, rewrite } from '../rewrite.ts';
import { actionRule, type ActionFinding, type LintContext } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

/** Namespaces of the cluster itself. */
const OF_THE_CLUSTER = /^(?:kube-.*|default)$/;

/** RB057: the front matter says what the document is for; a command for something else is a slip, or worth a reason. */
export const otherNamespace = actionRule('RB057', 'info', (action, context) => {
  const { settings } = context.plan;
  return [
    ...(settings['namespace'] === undefined ? [] : namespaceSlip(action, context, settings['namespace'])),
    ...(settings['service'] === undefined ? [] : serviceSlip(action, context, settings['service'])),
  ];
});

function namespaceSlip(action: Action, context: LintContext, expected: string): ActionFinding[] {
  const parsed = kubectlOf(action);
  const found = parsed === null ? undefined : namespaceOf(parsed);
  if (found === undefined || found === expected || found.includes('<') || OF_THE_CLUSTER.test(found))
    return [];
  const isSlip = nearestWord(found, [expected]) !== undefined;
  return [
    {
      level: isSlip ? 'warning' : 'info',
      message: `the namespace is "${found}", but the front matter says "${expected}"`,
      ...written(action, context, found, expected),
    },
  ];
}

/** Other names are other things; only one that is nearly the service's is a slip. */
function serviceSlip(action: Action, context: LintContext, expected: string): ActionFinding[] {
  const parsed = kubectlOf(action);
  const selectors = ['-l', '--selector'].flatMap((flag) => parsed?.flags.get(flag) ?? []);
  const names = [...(parsed?.words.slice(1) ?? []), ...selectors].flatMap((word) => word.split(/[/=,]/));
  const slip = names.find((name) => name !== expected && nearestWord(name, [expected]) !== undefined);
  if (slip === undefined || context.actions.length === 0 || isNumbered(slip, expected)) return [];
  return [
    {
      level: 'warning',
      message: `found "${slip}", but the front matter says that this is about "${expected}"`,
      ...written(action, context, slip, expected),
    },
  ];
}

/** `api-2` and `apis` stand beside `api` on purpose. */
function isNumbered(name: string, expected: string): boolean {
  return name.startsWith(expected) || expected.startsWith(name);
}

function written(
  action: Action,
  { document }: LintContext,
  found: string,
  expected: string,
): Omit<ActionFinding, 'message'> {
  const isWhole = new RegExp(`(?<![a-z0-9-])${found.replaceAll(/[^\w-]/g, '.')}(?![a-z0-9-])`);
  const word = wordsOfAction(action)?.[0]?.find(({ value }) => isWhole.test(value));
  const inWord = word === undefined ? -1 : action.text.slice(word.from, word.to).search(isWhole);
  if (word === undefined || inWord < 0) return {};
  const from = word.from + inWord;
  const to = from + found.length;
  return {
    source: rangeInAction(document, action, from, to),
    ...rewrite(document, action, [{ from, to, text: expected }], false),
  };
}
