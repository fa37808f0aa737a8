import type { RunbookDocument } from '../../document/document.ts';
import type { Action } from '../../plan.ts';
import { curlArgs } from '../../effect/curl.ts';
import { hasFlag } from '../../effect/flags.ts';
import { kubectlOf } from '../commands.ts';
import { replaceWord } from '../insert-flag.ts';
import { rangeInAction } from '../rewrite.ts';
import { actionRule, type ActionFinding } from '../rule.ts';
import { flagWord, wordsOfAction, type PlacedWord } from '../words-of-action.ts';

/** RB031: without checking the certificate anybody may answer, and an expired one is not noticed. */
export const unverifiedServer = actionRule('RB031', 'warning', (action, { document }) => {
  if (!skipsCheck(action)) return null;
  const word = flagWord(wordsOfAction(action)?.[0] ?? [], '-k', '--insecure', '--insecure-skip-tls-verify');
  return {
    message: 'the certificate is not checked: anybody may answer, and an expired one is not noticed',
    suggestion: 'leave the flag out, or name the authority: --cacert FILE',
    source: word && rangeInAction(document, action, word.from, word.to),
    ...(word === undefined ? {} : without(document, action, word)),
  };
});

function skipsCheck(action: Action): boolean {
  const kubectl = kubectlOf(action);
  if (kubectl !== null) return hasFlag(kubectl, '--insecure-skip-tls-verify');
  const argv = action.pipeline?.[0] ?? [];
  return argv[0] === 'curl' && hasFlag(curlArgs(argv.slice(1)), '-k', '--insecure');
}

/** A cluster of switches such as `-sk` keeps its other letters; one with values is left to a person. */
function without(
  document: RunbookDocument,
  action: Action,
  word: PlacedWord,
): Pick<ActionFinding, 'suggestion' | 'fix'> {
  const isCluster = /^-[a-zA-Z]{2,}$/.test(word.value);
  if (isCluster && !/^-[sSfLvIik]+$/.test(word.value)) return {};
  const text = isCluster ? word.value.replace('k', '') : '';
  const { suggestion, fix } = replaceWord(document, action, { word, text }, false);
  return { ...(suggestion === undefined ? {} : { suggestion }), ...(fix === undefined ? {} : { fix }) };
}
