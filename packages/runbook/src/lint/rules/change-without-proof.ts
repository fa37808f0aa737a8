import type { Action } from '../../plan.ts';
import { kubectlOf, kubectlVerb, namespaceOf, restartsStatefulSet, targetOf } from '../commands.ts';
import { rewrite } from '../rewrite.ts';
import type { Finding, LintContext, Rule } from '../rule.ts';

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
  find: (context) => context.groups.flatMap((actions) => unproven(actions, context)),
};

function unproven(actions: Action[], context: LintContext): Finding[] {
  const lastProof = actions.findLastIndex(proves);
  const undone = new Set(actions.map((action) => action.undoOf));
  const rollbacks = actions.filter((action) => kubectlVerb(action) === 'rollout undo');
  return actions.flatMap((action, index) => {
    if (!isChange(action) || action.purpose !== undefined) return [];
    const isProven = index < lastProof;
    const isUndone = undone.has(action.id) || rollbacks.length > 0;
    const missing = [...(isProven ? [] : ['a verify']), ...(isUndone ? [] : ['an undo'])];
    if (missing.length === 0) return [];
    const message = `changes a workload without ${missing.join(' and ')} after it`;
    return [{ source: action.source, message, ...writing(action, context, { isProven, isUndone }) }];
  });
}

/** Where only the proof is missing, one statement more mends it. The undo wants a fence of its own. */
function writing(
  action: Action,
  { document }: LintContext,
  { isProven, isUndone }: { isProven: boolean; isUndone: boolean },
): Pick<Finding, 'suggestion' | 'fix'> {
  const status = `kubectl rollout status ${placeOf(action)} --timeout=5m`;
  if (!isUndone) {
    const undo = `in a fence {"tocsin-undo-of":"${action.id}"}: ${undoOf(action)}`;
    return { suggestion: isProven ? undo : `${action.text}\n${status}\n${undo}` };
  }
  const indent = (document.lines[action.source.line - 1] ?? '').slice(0, action.source.column - 1);
  const end = action.text.length;
  // Behind a prompt or a marker another line cannot simply be added.
  if (indent.trim() !== '') return { suggestion: `${action.text}\n${status}` };
  return {
    ...rewrite(document, action, [{ from: end, to: end, text: `\n${indent}${status}` }], false),
    suggestion: `${action.text}\n${status}`,
  };
}

function undoOf(action: Action): string {
  const verb = kubectlVerb(action);
  const isRollback = ['rollout restart', 'patch', 'set'].includes(verb);
  return isRollback ? `kubectl rollout undo ${placeOf(action)}` : 'the command that takes it back';
}

function isChange(action: Action): boolean {
  return action.effect !== 'read' && CHANGES.has(kubectlVerb(action)) && !restartsStatefulSet(action);
}

function proves(action: Action): boolean {
  return action.purpose === 'verify' || PROOFS.has(kubectlVerb(action));
}

function placeOf(action: Action): string {
  const parsed = kubectlOf(action);
  const namespace = parsed === null ? undefined : namespaceOf(parsed);
  return `${targetOf(action) ?? 'deployment/NAME'}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}
