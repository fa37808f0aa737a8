import { hasFlag } from '../../effect/flags.ts';
import { filtersOf, kubectlOf } from '../commands.ts';
import { actionRule } from '../rule.ts';

/** RB051: an ascending sort and then head shows the oldest entries. */
export const oldestFirst = actionRule('RB051', 'warning', (action) => {
  const parsed = kubectlOf(action);
  const filters = filtersOf(action).map((argv) => argv[0]);
  if (parsed === null || !hasFlag(parsed, '--sort-by') || filters[0] !== 'head') return null;
  return {
    message: '--sort-by sorts ascending, so head keeps the oldest entries',
    suggestion: action.text.replace(/\|\s*head\b/, '| tail'),
  };
});
