import { hasFlag } from '../../effect/flags.ts';
import type { Action } from '../../plan.ts';
import { kubectlOf, kubectlVerb, namespaceOf, targetOf } from '../commands.ts';
import { replaceWord } from '../insert-flag.ts';
import { rangeInAction, rewrite } from '../rewrite.ts';
import type { ActionFinding, Finding, LintContext, Rule } from '../rule.ts';
import { flagWord, wordsOfAction } from '../words-of-action.ts';

/** RB040: what needs a terminal or never ends cannot run by itself. */
export const needsTerminal: Rule = {
  code: 'RB040',
  level: 'warning',
  find: (context) => context.groups.flatMap((actions) => findingsOf(actions, context)),
};

function findingsOf(actions: Action[], context: LintContext): Finding[] {
  let change: Action | undefined;
  return actions.flatMap((action) => {
    const hit = findingOf(action, change, context);
    if (isRollout(action)) change = action;
    return hit === null ? [] : [{ ...hit, source: hit.source ?? action.source }];
  });
}

function findingOf(action: Action, change: Action | undefined, context: LintContext): ActionFinding | null {
  const kubectl = kubectlOf(action);
  if (kubectl !== null && hasFlag(kubectl, '-w', '--watch', '--watch-only'))
    return watches(action, change, context);
  if (action.manual === undefined || action.probe !== undefined) return null;
  if (!/terminal|never ends/.test(action.manual)) return null;
  const message = `${action.manual}: it stays a step for a person`;
  if (action.text.includes('port-forward'))
    return {
      message,
      suggestion: 'a request to an address that can be reached, or {"tocsin-probe":"service"}',
    };
  const general = 'a command without -it that ends by itself, or a native probe: {"tocsin-probe":"postgres"}';
  return { message, suggestion: general, ...withoutTerminal(action, context) };
}

/** A change before it says what is waited for; else the state is read once. */
function watches(action: Action, change: Action | undefined, { document }: LintContext): ActionFinding {
  const message = '--watch never ends: it is cut off at a time limit';
  const suggestion = 'kubectl rollout status ... --timeout=5m';
  const word = flagWord(wordsOfAction(action)?.[0] ?? [], '-w', '--watch', '--watch-only');
  if (word === undefined) return { message, suggestion };
  const { source, ...once } = replaceWord(document, action, { word, text: '' }, false);
  if (change === undefined) {
    const isCluster = /^-[a-zA-Z]{2,}$/.test(word.value);
    return isCluster ? { message, suggestion, source } : { message, source, ...once };
  }
  const whole = {
    from: 0,
    to: action.text.length,
    text: `kubectl rollout status ${followedBy(change)} --timeout=5m`,
  };
  return { message, source, ...rewrite(document, action, [whole], false) };
}

function isRollout(action: Action): boolean {
  return /^rollout (?:restart|undo)$/.test(kubectlVerb(action)) && targetOf(action) !== undefined;
}

function followedBy(change: Action): string {
  const parsed = kubectlOf(change);
  const namespace = parsed === null ? undefined : namespaceOf(parsed);
  return `${targetOf(change)}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}

const SHELL = /^(?:.*\/)?(?:ba|a|z|da|k)?sh$/;

/** A command that ends by itself needs no terminal to be attached to. */
function withoutTerminal(action: Action, { document }: LintContext): Omit<ActionFinding, 'message'> {
  const words = wordsOfAction(action)?.[0] ?? [];
  const word = flagWord(words, '-i', '-t', '--stdin', '--tty');
  if (word === undefined) return {};
  const source = rangeInAction(document, action, word.from, word.to);
  const inner = kubectlOf(action)?.rest?.[0];
  const isPair = ['-it', '-ti'].includes(word.value);
  if (inner === undefined || SHELL.test(inner) || !isPair) return { source };
  const text = kubectlVerb(action) === 'run' ? '--restart=Never --attach' : '';
  return replaceWord(document, action, { word, text }, false);
}
