import { kubectlOf } from '../commands.ts';
import { rangeInAction } from '../rewrite.ts';
import { actionRule } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

const URL_TEXT = /(?:^|=)https?:\/\//i;
const TAKES_FILES = new Set(['apply', 'create', 'replace', 'delete', 'patch']);

/** RB044: what stands behind an address tonight is not what was reviewed, and it may be down as well. */
export const remoteManifest = actionRule('RB044', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  if (parsed === null || !TAKES_FILES.has(parsed.words[0] ?? '')) return null;
  const files = ['-f', '--filename', '-k', '--kustomize'].flatMap((flag) => parsed.flags.get(flag) ?? []);
  const url = files.find((file) => URL_TEXT.test(file));
  if (url === undefined) return null;
  const word = wordsOfAction(action)?.[0]?.find(({ value }) => value.includes(url));
  return {
    source: word && rangeInAction(document, action, word.from, word.to),
    message: `${url} is read when the step runs: what stands there tonight is not what was reviewed`,
    suggestion: 'keep the manifest beside the runbook, at a fixed version: -f manifests/NAME.yaml',
  };
});
