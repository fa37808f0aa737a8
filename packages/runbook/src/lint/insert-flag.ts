import type { RunbookDocument } from '../document/document.ts';
import type { Action } from '../plan.ts';
import type { ActionFinding } from './rule.ts';
import { rangeInAction, rewrite } from './rewrite.ts';
import { kubectlWord, wordsOfAction, type PlacedWord } from './words-of-action.ts';

type Rewritten = Pick<ActionFinding, 'source' | 'suggestion' | 'fix'>;

/** Puts flags behind the verb of a kubectl call; the hit stands at the verb. */
export function insertAfterVerb(
  document: RunbookDocument,
  action: Action,
  flags: string,
  safe: boolean,
): Rewritten {
  const words = wordsOfAction(action)?.[0];
  return insertAfter(document, action, { word: words && kubectlWord(words, 0), flags }, safe);
}

/** Puts flags behind a word of a statement; the hit stands at that word. */
export function insertAfter(
  document: RunbookDocument,
  action: Action,
  { word, flags }: { word: PlacedWord | undefined; flags: string },
  safe: boolean,
): Rewritten {
  if (word === undefined) return {};
  return {
    source: rangeInAction(document, action, word.from, word.to),
    ...rewrite(document, action, [{ from: word.to, to: word.to, text: ` ${flags}` }], safe),
  };
}

/** Writes another text in place of a word of a statement, or takes the word away when the text is empty. */
export function replaceWord(
  document: RunbookDocument,
  action: Action,
  { word, text }: { word: PlacedWord | undefined; text: string },
  safe: boolean,
): Rewritten {
  if (word === undefined) return {};
  return {
    source: rangeInAction(document, action, word.from, word.to),
    ...rewrite(document, action, [text === '' ? withoutWord(action, word) : { ...word, text }], safe),
  };
}

/** The edit that takes a word away, with the blanks before it. */
export function withoutWord(action: Action, word: PlacedWord): { from: number; to: number; text: string } {
  const before = action.text.slice(0, word.from);
  return { from: before.trimEnd().length, to: word.to, text: '' };
}
