import type { RunbookDocument } from '../../document/document.ts';
import type { Action } from '../../plan.ts';
import { filtersOf } from '../commands.ts';
import { insertAfter } from '../insert-flag.ts';
import { rangeInAction, rewrite } from '../rewrite.ts';
import { actionRule, type ActionFinding } from '../rule.ts';
import { wordsOfAction, type PlacedWord } from '../words-of-action.ts';

/** A node's conditions take a header, a rule and five rows; Ready is the last. */
const ROWS = 7;
const AFTER = /^(?:-A ?|--after-context[= ])(\d+)$/;

/** RB052: `grep -A 5 Conditions` ends before the row that says Ready. */
export const cutConditions = actionRule('RB052', 'warning', (action, { document }) => {
  const index = filtersOf(action).findIndex(
    (argv) => argv[0] === 'grep' && argv.some((arg) => /^conditions:?$/i.test(arg)),
  );
  if (index < 0) return null;
  const words = wordsOfAction(action)?.[index + 1] ?? [];
  const limit = limitOf(words);
  const after = limit?.lines ?? 0;
  if (after >= ROWS) return null;
  const message = `${after} lines after "Conditions" end before the Ready row, expected at least ${ROWS}`;
  if (limit === undefined)
    return { message, ...insertAfter(document, action, { word: words[0], flags: `-A ${ROWS + 1}` }, true) };
  return { message, ...widened(document, action, limit) };
});

interface Limit {
  from: number;
  to: number;
  lines: number;
}

/** The words that say how many lines follow a match. */
function limitOf(words: PlacedWord[]): Limit | undefined {
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    const alone = AFTER.exec(word.value);
    if (alone !== null) return { from: word.from, to: word.to, lines: Number(alone[1]) };
    const pair = next === undefined ? null : AFTER.exec(`${word.value} ${next.value}`);
    if (pair !== null && next !== undefined) return { from: word.from, to: next.to, lines: Number(pair[1]) };
  }
  return undefined;
}

function widened(document: RunbookDocument, action: Action, limit: Limit): Omit<ActionFinding, 'message'> {
  return {
    source: rangeInAction(document, action, limit.from, limit.to),
    ...rewrite(document, action, [{ ...limit, text: `-A ${ROWS + 1}` }], true),
  };
}
