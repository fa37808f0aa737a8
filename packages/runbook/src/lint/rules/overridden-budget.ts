import { hasFlag } from '../../effect/flags.ts';
import { kubectlOf } from '../commands.ts';
import { replaceWord } from '../insert-flag.ts';
import { actionRule } from '../rule.ts';
import { flagWord, wordsOfAction } from '../words-of-action.ts';

/** RB064: a drain that does not ask the disruption budget, or takes pods that nothing brings back. */
export const overriddenBudget = actionRule('RB064', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  if (parsed === null || parsed.words[0] !== 'drain' || action.effect === 'read') return null;
  const flag = ['--disable-eviction', '--force'].find((name) => hasFlag(parsed, name));
  if (flag === undefined) return null;
  const word = flagWord(wordsOfAction(action)?.[0] ?? [], flag);
  return {
    message:
      flag === '--force'
        ? 'drain --force also deletes pods that no controller brings back'
        : 'drain --disable-eviction deletes pods without asking the disruption budget',
    ...replaceWord(document, action, { word, text: '' }, false),
  };
});
