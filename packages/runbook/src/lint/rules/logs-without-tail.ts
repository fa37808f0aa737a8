import { hasFlag } from '../../effect/flags.ts';
import { hasSelector, kubectlOf } from '../commands.ts';
import { actionRule } from '../rule.ts';

/** RB050: with a selector, kubectl logs shows ten lines a pod unless --tail says otherwise, even with --since. */
export const logsWithoutTail = actionRule('RB050', 'warning', (action) => {
  const parsed = kubectlOf(action);
  if (parsed === null || parsed.words[0] !== 'logs') return null;
  if (!hasSelector(parsed) || hasFlag(parsed, '--tail')) return null;
  return {
    message: 'kubectl logs with a selector shows only the last 10 lines of each pod without --tail',
    suggestion: action.text.replace(/\blogs\b/, 'logs --tail=500'),
  };
});
