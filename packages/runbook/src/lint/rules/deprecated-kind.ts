import type { RunbookDocument } from '../../document/document.ts';
import { flagValue, hasFlag, type ParsedArgs } from '../../effect/flags.ts';
import type { Action } from '../../plan.ts';
import { kubectlOf } from '../commands.ts';
import { rangeInAction, rewrite, type Edit } from '../rewrite.ts';
import { actionRule, type ActionFinding } from '../rule.ts';
import { kubectlWord, wordsOfAction } from '../words-of-action.ts';
import { withoutWord } from '../insert-flag.ts';

const ENDPOINTS = /^(?:endpoints?|ep)(?:\/(.*))?$/;
/** Forms of output that do not depend on the kind's fields. */
const SHAPELESS = new Set(['wide', 'name', 'yaml', 'json']);

/** RB055: Endpoints are deprecated and cut at 1000 addresses; EndpointSlices say which pods are ready. */
export const deprecatedKind = actionRule('RB055', 'warning', (action, { document }) => {
  const parsed = kubectlOf(action);
  const [verb = '', kind = ''] = parsed?.words ?? [];
  if (parsed === null || !['get', 'describe'].includes(verb) || !ENDPOINTS.test(kind)) return null;
  return {
    message: 'the kind "endpoints" is deprecated: read EndpointSlices',
    suggestion: 'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE',
    ...slicesInstead(document, action, parsed),
  };
});

/** Slices are found by a label, so this works for one service, and where nothing else selects. */
function slicesInstead(
  document: RunbookDocument,
  action: Action,
  parsed: ParsedArgs,
): Omit<ActionFinding, 'message'> {
  const words = wordsOfAction(action)?.[0] ?? [];
  const kindWord = kubectlWord(words, 1);
  const nameWord = kubectlWord(words, 2);
  const service = ENDPOINTS.exec(parsed.words[1] ?? '')?.[1] ?? parsed.words[2];
  if (kindWord === undefined || !isPlain(parsed, service)) return {};
  const selector = service === undefined ? '' : ` -l kubernetes.io/service-name=${service}`;
  const edits: Edit[] = [
    { from: kindWord.from, to: kindWord.to, text: `endpointslices${selector}` },
    ...words.filter((word) => word === nameWord).map((word) => withoutWord(action, word)),
  ];
  const safe = SHAPELESS.has(flagValue(parsed, '-o', '--output') ?? 'wide');
  return {
    source: rangeInAction(document, action, kindWord.from, kindWord.to),
    ...rewrite(document, action, edits, safe),
  };
}

function isPlain(parsed: ParsedArgs, service: string | undefined): boolean {
  const selects = hasFlag(parsed, '-l', '--selector', '--field-selector');
  return parsed.words.length <= 3 && !(selects && service !== undefined);
}
