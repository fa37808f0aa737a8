import { hasFlag } from '../../effect/flags.ts';
import { kubectlOf, restartsStatefulSet } from '../commands.ts';
import type { Action } from '../../plan.ts';
import { actionRule } from '../rule.ts';

/** RB060: what cannot be taken back needs a pre-check and an end. A stateful set's restart is RB061's. */
export const unguardedDestruction = actionRule('RB060', 'warning', (action) => {
  if (action.effect !== 'destroy' || restartsStatefulSet(action)) return null;
  const missing = missingGuards(action);
  if (missing.length === 0) return null;
  const isEndless = missing.includes('a timeout');
  return {
    message: `destructive without ${missing.join(', ')}`,
    suggestion: `${action.text}${isEndless ? ' --timeout=5m' : ''}, in a fence with {"tocsin-check":"fleet-healthy"}`,
  };
});

function missingGuards(action: Action): string[] {
  const parsed = kubectlOf(action);
  const drains = parsed?.words[0] === 'drain';
  return [
    ...(action.check === undefined ? ['a pre-check'] : []),
    ...(parsed !== null && drains && !hasFlag(parsed, '--timeout') ? ['a timeout'] : []),
    ...(action.approvals < 2 ? ['a second approval'] : []),
  ];
}
