import { flagValue, hasFlag, type ParsedArgs } from '../effect/flags.ts';
import { kubectlArgs } from '../effect/kubectl-args.ts';
import type { Action } from '../plan.ts';

/** The kubectl call that starts an action's pipeline, taken apart; null when it starts with something else. */
export function kubectlOf(action: Action): ParsedArgs | null {
  const argv = action.pipeline?.[0] ?? [];
  return argv[0] === 'kubectl' ? kubectlArgs(argv.slice(1)) : null;
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
