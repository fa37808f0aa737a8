import { hasFlag } from '../../effect/flags.ts';
import { hasSelector, kubectlOf } from '../commands.ts';
import { actionRule } from '../rule.ts';
import { insertAfterVerb } from '../insert-flag.ts';

/** RB050: with a selector, kubectl logs shows ten lines a pod unless --tail says otherwise, even with --since. */
export const logsWithoutTail = actionRule('RB050', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  if (parsed === null || parsed.words[0] !== 'logs') return null;
  if (!hasSelector(parsed) || hasFlag(parsed, '--tail')) return null;
  return {
    message: 'kubectl logs with a selector shows only the last 10 lines of each pod without --tail',
    ...insertAfterVerb(document, action, '--tail=500', true),
  };
});
