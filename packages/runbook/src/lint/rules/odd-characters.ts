import { parseStatements } from '../../actions/parse-statements.ts';
import type { Action } from '../../plan.ts';
import { rangeInAction, rewrite, type Edit } from '../rewrite.ts';
import { actionRule } from '../rule.ts';

interface Odd {
  name: string;
  plain: string;
}

const TYPED: Record<string, Odd> = {
  '\u00A0': { name: 'a non-breaking space', plain: ' ' },
  '\u202F': { name: 'a narrow non-breaking space', plain: ' ' },
  '\u2007': { name: 'a figure space', plain: ' ' },
  '\u3000': { name: 'a wide space', plain: ' ' },
  '\u200B': { name: 'a space without width', plain: '' },
  '\u2060': { name: 'a word joiner', plain: '' },
  '\uFEFF': { name: 'a byte order mark', plain: '' },
  ...Object.fromEntries(
    Array.from('\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069', (mark) => [
      mark,
      { name: 'a mark that turns the reading direction', plain: '' },
    ]),
  ),
  '\u2018': { name: 'a curly quote', plain: "'" },
  '\u2019': { name: 'a curly quote', plain: "'" },
  '\u201C': { name: 'a curly quote', plain: '"' },
  '\u201D': { name: 'a curly quote', plain: '"' },
  '\u201E': { name: 'a low quote', plain: '"' },
  '\u2010': { name: 'a typographic hyphen', plain: '-' },
  '\u2011': { name: 'a non-breaking hyphen', plain: '-' },
  '\u2013': { name: 'an en dash', plain: '-' },
  '\u2014': { name: 'an em dash', plain: '--' },
  '\u2212': { name: 'a minus sign', plain: '-' },
  '\t': { name: 'a tab', plain: ' ' },
};
const ODD = new RegExp(`[${Object.keys(TYPED).join('')}]`, 'gu');

/** RB045: what a word processor made of a command looks right and is another command. */
export const oddCharacters = actionRule('RB045', 'warning', (action, { document }) => {
  const hits = oddIn(action.text);
  const first = hits[0];
  if (first === undefined) return null;
  const edits: Edit[] = hits.map((at) => ({ from: at, to: at + 1, text: oddAt(action.text, at).plain }));
  const onlyTabs = hits.every((at) => action.text[at] === '\t');
  const { suggestion, fix } = rewrite(document, action, edits, false);
  const safe = onlyTabs && sameCommand(action, suggestion ?? '');
  return {
    source: rangeInAction(document, action, first, first + 1),
    level: onlyTabs ? 'info' : 'warning',
    message: onlyTabs ? TABS : foundInstead(action.text, hits),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(fix === undefined ? {} : { fix: { ...fix, safe } }),
  };
});

const TABS = 'a tab inside the command: pasted into a terminal it completes names instead of parting words';

function foundInstead(text: string, hits: number[]): string {
  const { name, plain } = oddAt(text, hits[0] ?? 0);
  const more = hits.length > 1 ? `, and ${hits.length - 1} more such` : '';
  return `found ${name} in the command, expected ${plain === '' ? 'nothing' : plain === ' ' ? 'a space' : plain}${more}`;
}

function oddAt(text: string, at: number): Odd {
  return TYPED[text.charAt(at)] ?? { name: 'an odd character', plain: '' };
}

/** Offsets of odd characters; tabs that indent a continued line are plain layout. */
export function oddIn(text: string): number[] {
  return Array.from(text.matchAll(ODD), ({ index }) => index).filter(
    (at) =>
      text[at] !== '\t' || !/(?:^|\n)\s*$/.test(text.slice(Math.max(0, text.lastIndexOf('\n', at - 1)), at)),
  );
}

function sameCommand(action: Action, text: string): boolean {
  const [statement, ...more] = parseStatements(text);
  return more.length === 0 && JSON.stringify(statement?.pipeline) === JSON.stringify(action.pipeline);
}
