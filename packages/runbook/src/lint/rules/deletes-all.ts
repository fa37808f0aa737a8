import { hasFlag, type ParsedArgs } from '../../effect/flags.ts';
import { kubectlOf } from '../commands.ts';
import { rangeInAction } from '../rewrite.ts';
import { actionRule } from '../rule.ts';
import { flagWord, wordsOfAction } from '../words-of-action.ts';

/** RB063: everything of a kind goes at once, also what came after the document was written. */
export const deletesAll = actionRule('RB063', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  const message = parsed === null || action.effect === 'read' ? null : whatGoes(parsed);
  if (message === null) return null;
  const word = flagWord(wordsOfAction(action)?.[0] ?? [], '--all');
  return {
    source: word && rangeInAction(document, action, word.from, word.to),
    message,
    suggestion: 'name what is meant: a name, or a selector (-l app=NAME)',
  };
});

function whatGoes(parsed: ParsedArgs): string | null {
  const [verb = '', kind = ''] = parsed.words;
  if (verb === 'delete' && /^(?:namespaces?|ns)(?:\/|$)/.test(kind))
    return 'deletes a namespace and all that is in it';
  if (!['delete', 'scale'].includes(verb) || !hasFlag(parsed, '--all')) return null;
  return `${verb} --all takes everything of the kind, also what came after this was written`;
}
