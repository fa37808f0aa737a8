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
  const lastProof = actions.findLastIndex(proves);
  const undone = new Set(actions.map((action) => action.undoOf));
  const rollbacks = actions.filter((action) => kubectlVerb(action) === 'rollout undo');
  return actions.flatMap((action, index) => {
    if (!isChange(action) || action.purpose !== undefined) return [];
    const isUndone = undone.has(action.id) || rollbacks.length > 0;
    const missing = [...(index < lastProof ? [] : ['a verify']), ...(isUndone ? [] : ['an undo'])];
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

function statusOf(action: Action): string {
  const words = kubectlOf(action)?.words ?? [];
  const target =
    words.find((word) => word.includes('/')) ?? `${words[1] ?? 'deployment'}/${words[2] ?? 'NAME'}`;
  return `kubectl rollout status ${target} --timeout=5m`;
}
