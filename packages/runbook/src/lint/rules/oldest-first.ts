import { hasFlag } from '../../effect/flags.ts';
import { filtersOf, kubectlOf } from '../commands.ts';
import { replaceWord } from '../insert-flag.ts';
import { actionRule } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

/** RB051: an ascending sort and then head shows the oldest entries. */
export const oldestFirst = actionRule('RB051', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  const filter = filtersOf(action)[0];
  if (parsed === null || !hasFlag(parsed, '--sort-by') || filter?.[0] !== 'head') return null;
  const word = wordsOfAction(action)?.[1]?.[0];
  return {
    message: '--sort-by sorts ascending, so head keeps the oldest entries',
    ...replaceWord(document, action, { word, text: 'tail' }, countsFromTheEnd(filter)),
  };
});

/** `head -5` has its mirror image in `tail -5`; `head -n -5` has none. */
function countsFromTheEnd(filter: string[]): boolean {
  return /^(?:head|head (?:-n ?|--lines[= ]|-)\d+)$/.test(filter.join(' '));
}
