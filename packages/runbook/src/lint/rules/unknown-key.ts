import { KNOWN_KEYS, SETTINGS } from '../../annotations/known-keys.ts';
import { nearestWord } from '../nearest-word.ts';
import { rawAnnotations, type RawKey } from '../raw-annotations.ts';
import type { Finding, LintContext, Rule } from '../rule.ts';
import { sourceOfText } from '../source-of-text.ts';

/** RB025: a key that is not known is passed over in silence, and with it an approval or a time limit. */
export const unknownKey: Rule = {
  code: 'RB025',
  level: 'warning',
  find: (context) => [...inAnnotations(context), ...inFrontMatter(context)],
};

function inAnnotations(context: LintContext): Finding[] {
  return rawAnnotations(context).flatMap(({ where, keys }) =>
    keys.flatMap((key) => (where === 'fence' && !key.key.startsWith('tocsin-') ? [] : unknown(key))),
  );
}

/** In a comment everything is ours; in a fence only what carries our prefix: other tools have keys of their own. */
function unknown({ key, source }: RawKey): Finding[] {
  const bare = key.replace(/^tocsin-/, '');
  if (KNOWN_KEYS.has(bare)) return [];
  const near = nearestWord(bare, KNOWN_KEYS);
  const message = `"${key}" is no key of an annotation: it is ignored`;
  if (near === undefined) return [{ source, message }];
  const text = key.startsWith('tocsin-') ? `tocsin-${near}` : near;
  return [{ source, message, suggestion: `"${text}"`, fix: { ...source, text, safe: false } }];
}

function inFrontMatter({ document }: LintContext): Finding[] {
  return Object.keys(document.frontMatter).flatMap((path) => {
    const key = path.split('.')[0] ?? '';
    if (SETTINGS.has(key)) return [];
    const near = nearestWord(key, SETTINGS);
    const finding = {
      source: sourceOfText(document, `${key}:`),
      message: `"${key}" is no key below "tocsin:": it is ignored`,
    };
    return near === undefined ? [] : [{ ...finding, suggestion: `${near}:` }];
  });
}
