import { hasFlag } from '../../effect/flags.ts';
import { kubectlOf, kubectlVerb } from '../commands.ts';
import { insertAfter } from '../insert-flag.ts';
import { actionRule } from '../rule.ts';
import { kubectlWord, wordsOfAction } from '../words-of-action.ts';

/** RB058: a rollout that does not converge is followed for as long as somebody lets it. */
export const endlessWait = actionRule('RB058', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  if (parsed === null || kubectlVerb(action) !== 'rollout status') return null;
  if (hasFlag(parsed, '--timeout') || parsed.flags.get('--watch')?.includes('false') === true) return null;
  const words = wordsOfAction(action)?.[0];
  return {
    message: 'rollout status without --timeout does not end when the rollout does not converge',
    ...insertAfter(document, action, { word: words && kubectlWord(words, 1), flags: '--timeout=5m' }, true),
  };
});
