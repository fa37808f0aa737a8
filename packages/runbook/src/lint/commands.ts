import { flagValue, hasFlag, type ParsedArgs } from '../effect/flags.ts';
import { kubectlArgs } from '../effect/kubectl-args.ts';
import type { Action } from '../plan.ts';

const parsedByAction = new WeakMap<Action, ParsedArgs | null>();

/** The kubectl call that starts an action's pipeline, taken apart; null when it starts with something else. */
export function kubectlOf(action: Action): ParsedArgs | null {
  const known = parsedByAction.get(action);
  if (known !== undefined) return known;
  const argv = action.pipeline?.[0] ?? [];
  const parsed = argv[0] === 'kubectl' ? kubectlArgs(argv.slice(1)) : null;
  parsedByAction.set(action, parsed);
  return parsed;
}

/** Verb and second word of a kubectl call: `rollout restart`, `logs`. */
export function kubectlVerb(action: Action): string {
  const [verb = '', second = ''] = kubectlOf(action)?.words ?? [];
  return verb === 'rollout' ? `rollout ${second}` : verb;
}

const STATEFUL_SET = /^(?:statefulsets?|sts)(?:\.apps)?(?:\/|$)/;

/** True for `kubectl rollout restart statefulset/...`. */
export function restartsStatefulSet(action: Action): boolean {
  const words = kubectlOf(action)?.words ?? [];
  return (
    words[0] === 'rollout' && words[1] === 'restart' && words.slice(2).some((word) => STATEFUL_SET.test(word))
  );
}

/** What a kubectl call is about, as `kind/name`: `deployment/api` of `patch deployment api`; undefined without a name. */
export function targetOf(action: Action): string | undefined {
  const words = kubectlOf(action)?.words ?? [];
  const after = words.slice(['rollout', 'set'].includes(words[0] ?? '') ? 2 : 1);
  const joined = after.find((word) => word.includes('/'));
  if (joined !== undefined) return joined;
  return after[0] === undefined || after[1] === undefined ? undefined : `${after[0]}/${after[1]}`;
}

/** The filters behind the first command of a pipeline. */
export function filtersOf(action: Action): string[][] {
  return action.pipeline?.slice(1) ?? [];
}

/** True when a label selector is given. */
export function hasSelector(parsed: ParsedArgs): boolean {
  return hasFlag(parsed, '-l', '--selector');
}

/** The namespace a kubectl call names, if any. */
export function namespaceOf(parsed: ParsedArgs): string | undefined {
  return flagValue(parsed, '-n', '--namespace');
}
