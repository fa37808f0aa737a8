import { hasFlag, type ParsedArgs } from '../../effect/flags.ts';
import { kubectlOf, namespaceOf } from '../commands.ts';
import { insertAfterVerb } from '../insert-flag.ts';
import { isNamespaced } from '../namespaced-kinds.ts';
import { actionRule } from '../rule.ts';

/** Verbs that always act inside a namespace, and those whose second word says so. */
const POD_VERBS = new Set([
  'logs',
  'exec',
  'attach',
  'port-forward',
  'cp',
  'rollout',
  'scale',
  'autoscale',
  'expose',
  'events',
]);
const KIND_VERBS = new Set([
  'get',
  'describe',
  'delete',
  'patch',
  'label',
  'annotate',
  'edit',
  'wait',
  'top',
]);

/** RB056: one command looks into the namespace that happens to be current, while the others say which they mean. */
export const missingNamespace = actionRule('RB056', 'warning', (action, { document, namespaces }) => {
  const parsed = kubectlOf(action);
  if (parsed === null || !needsNamespace(parsed)) return null;
  const { agreed, named } = namespaces;
  if (agreed === undefined && named.length === 0) return null;
  const others = agreed ?? named.slice(0, 3).join(', ');
  const message = `no namespace, so the current one of whoever runs it; this document speaks of ${others}`;
  const { fix, ...written } = insertAfterVerb(document, action, `-n ${agreed ?? 'NAMESPACE'}`, true);
  return { message, ...written, ...(agreed === undefined || fix === undefined ? {} : { fix }) };
});

function needsNamespace(parsed: ParsedArgs): boolean {
  if (namespaceOf(parsed) !== undefined || hasFlag(parsed, '-A', '--all-namespaces')) return false;
  if (parsed.ambiguous || hasFlag(parsed, '-f', '--filename', '--raw')) return isFollowing(parsed);
  const [verb = '', kind = ''] = parsed.words;
  if (POD_VERBS.has(verb)) return true;
  if (verb === 'set') return true;
  return KIND_VERBS.has(verb) && isNamespaced(kind);
}

/** `-f` is a file to most verbs, which names its own namespace, but "follow" to logs. */
function isFollowing(parsed: ParsedArgs): boolean {
  return !parsed.ambiguous && parsed.words[0] === 'logs';
}
