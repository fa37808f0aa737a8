import type { FenceBlock } from '../../document/document.ts';
import { filtersOf } from '../commands.ts';
import { addAttribute } from '../fence-attribute.ts';
import { rangeInAction } from '../rewrite.ts';
import { actionRule, type LintContext } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

/** RB053: grep ends with 1 when nothing matches, which may be the good answer; head may end the pipe early. */
export const filterExit = actionRule('RB053', 'info', (action, context) => {
  if (action.noMatchOk === true) return null;
  const index = filtersOf(action).findIndex(endsEarly);
  const filter = filtersOf(action)[index]?.[0];
  if (filter === undefined) return null;
  const fence = context.fenceOf(action);
  const word = wordsOfAction(action)?.[index + 1]?.[0];
  const safe = filter === 'grep' && searchesOnly(context, fence);
  const fix = addAttribute(context.document, fence, ['tocsin-no-match', 'ok'], safe);
  return {
    source: word && rangeInAction(context.document, action, word.from, word.to),
    message:
      filter === 'grep'
        ? 'grep ends with 1 when nothing matches: that is no failure'
        : 'head may end the pipe before its source has written all',
    suggestion: 'say so at the fence: {"tocsin-no-match":"ok"}',
    ...(fix === undefined ? {} : { fix }),
  };
});

/** A grep with context cuts a section out of a report that is always there; without, it searches. */
function endsEarly(argv: string[]): boolean {
  return argv[0] === 'head' || isSearch(argv);
}

function isSearch(argv: string[]): boolean {
  return argv[0] === 'grep' && !argv.some((arg) => /^-[ABC]/.test(arg) || arg.includes('context'));
}

const searching = new WeakMap<FenceBlock, boolean>();

/** An attribute speaks for the whole fence: it must not excuse a filter there whose silence is bad news. */
function searchesOnly({ actionsOf }: LintContext, fence: FenceBlock | undefined): boolean {
  if (fence === undefined) return false;
  const known = searching.get(fence);
  if (known !== undefined) return known;
  const filters = actionsOf(fence).flatMap(filtersOf);
  const result = filters.every((argv) => argv[0] !== 'grep' || isSearch(argv));
  searching.set(fence, result);
  return result;
}
