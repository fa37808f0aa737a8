import type { Action } from '../../plan.ts';
import { kubectlOf, kubectlVerb, restartsStatefulSet } from '../commands.ts';
import { actionGroups, type Finding, type Rule } from '../rule.ts';

const CHANGES = new Set([
  'rollout restart',
  'rollout undo',
  'patch',
  'set',
  'scale',
  'apply',
  'replace',
  'edit',
]);
const PROOFS = new Set(['rollout status', 'wait']);

/** RB062: a change of a workload needs a command that ends and proves it, and a way back. */
export const changeWithoutProof: Rule = {
  code: 'RB062',
  level: 'warning',
  find: ({ plan }) => actionGroups(plan).flatMap(unproven),
};

function unproven(actions: Action[]): Finding[] {
  return actions.flatMap((action, index) => {
    if (!isChange(action) || action.purpose !== undefined) return [];
    const later = actions.slice(index + 1);
    const missing = [
      ...(later.some(proves) ? [] : ['a verify']),
      ...(isUndone(action, actions) ? [] : ['an undo']),
    ];
    if (missing.length === 0) return [];
    const message = `changes a workload without ${missing.join(' and ')} after it`;
    return [{ source: action.source, message, suggestion: `${action.text}\n${statusOf(action)}` }];
  });
}

function isChange(action: Action): boolean {
  return action.effect !== 'read' && CHANGES.has(kubectlVerb(action)) && !restartsStatefulSet(action);
}

function proves(action: Action): boolean {
  return action.purpose === 'verify' || PROOFS.has(kubectlVerb(action));
}

/** Undoing is itself a change that the next undo takes back. */
function isUndone(action: Action, actions: Action[]): boolean {
  if (kubectlVerb(action) === 'rollout undo') return true;
  return actions.some(
    (other) => other.undoOf === action.id || (other !== action && kubectlVerb(other) === 'rollout undo'),
  );
}

function statusOf(action: Action): string {
  const words = kubectlOf(action)?.words ?? [];
  const target =
    words.find((word) => word.includes('/')) ?? `${words[1] ?? 'deployment'}/${words[2] ?? 'NAME'}`;
  return `kubectl rollout status ${target} --timeout=5m`;
}
