import type { Rule } from '../rule.ts';
import { nearestWord } from '../nearest-word.ts';
import { sourceOfText } from '../source-of-text.ts';

/** RB026: a declared value that no command asks for is usually one that is spelled otherwise there. */
export const unusedPlaceholder: Rule = {
  code: 'RB026',
  level: 'info',
  find: ({ plan, actions, document }) => {
    const declared = Object.keys(plan.settings).flatMap((key) =>
      key.startsWith('placeholders.') ? [key.slice('placeholders.'.length)] : [],
    );
    if (declared.length === 0) return [];
    const used = new Set(actions.flatMap((action) => action.placeholders));
    return declared
      .filter((name) => !used.has(name))
      .map((name) => {
        const near = nearestWord(name, used);
        const finding = {
          source: sourceOfText(document, `${name}:`),
          message: `the placeholder "${name}" is declared, but no command says <${name}>`,
        };
        return near === undefined ? finding : { ...finding, suggestion: `${near}:` };
      });
  },
};
