import { flagValue, hasFlag } from '../../effect/flags.ts';
import { kubectlOf } from '../commands.ts';
import { withoutWord } from '../insert-flag.ts';
import { rangeInAction, rewrite } from '../rewrite.ts';
import { actionRule } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

/** RB049: a forced deletion only forgets the pod: on a lost node it may go on running beside its replacement. */
export const forcedDelete = actionRule('RB049', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  if (parsed === null || parsed.words[0] !== 'delete' || action.effect === 'read') return null;
  if (!hasFlag(parsed, '--force') && flagValue(parsed, '--grace-period') !== '0') return null;
  const words = wordsOfAction(action)?.[0] ?? [];
  const forced = words.filter(
    ({ value }, index) =>
      /^--(?:force|grace-period)(?:=|$)/.test(value) || words[index - 1]?.value === '--grace-period',
  );
  const at = forced[0];
  return {
    source: at && rangeInAction(document, action, at.from, at.to),
    message:
      'a forced deletion does not wait for the pod to end: it may go on running, and writing, beside its replacement',
    ...rewrite(
      document,
      action,
      forced.map((word) => withoutWord(action, word)),
      false,
    ),
  };
});
