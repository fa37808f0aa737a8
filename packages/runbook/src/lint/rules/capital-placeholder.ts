import { PLACEHOLDER } from '../../grammar/placeholder.ts';
import { rangeInAction, rewrite } from '../rewrite.ts';
import { actionRule } from '../rule.ts';

const MEANT =
  /(?<!<)<([A-Za-z](?:[A-Za-z0-9_ -]{0,58}[A-Za-z0-9])?)>|\{\{\s*([A-Za-z][\w .-]{0,58}?)\s*\}\}/g;

/** RB022: `<Node Name>` is no placeholder: to a shell it is two redirects, and inside quotes it is sent as it stands. */
export const capitalPlaceholder = actionRule('RB022', 'warning', (action, { document }) => {
  const wrong = wrongPlaceholders(action.text);
  const first = wrong[0];
  if (first === undefined) return null;
  const edits = wrong.map(({ from, to, name }) => ({ from, to, text: `<${name}>` }));
  return {
    source: rangeInAction(document, action, first.from, first.to),
    message: `found ${action.text.slice(first.from, first.to)}, expected a placeholder in small letters, digits and hyphens: <${first.name}>`,
    ...rewrite(document, action, edits, false),
  };
});

/** What is meant as a placeholder but not written as one, with the name it should have. */
export function wrongPlaceholders(text: string): { from: number; to: number; name: string }[] {
  if (!text.includes('<') && !text.includes('{{')) return [];
  return Array.from(text.matchAll(MEANT)).flatMap((match) => {
    const meant = match[1] ?? match[2] ?? '';
    const isGoTemplate = match[2] !== undefined && /^(?:\.|range|end|if)/.test(meant);
    if (match[0].replace(PLACEHOLDER, '') === '' || isGoTemplate || meant.split(' ').length > 4) return [];
    const name = meant
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    return [{ from: match.index, to: match.index + match[0].length, name }];
  });
}
