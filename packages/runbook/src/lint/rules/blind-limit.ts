import type { Action } from '../../plan.ts';
import { flagValue, hasFlag, type ParsedArgs } from '../../effect/flags.ts';
import { kubectlOf, kubectlVerb, targetOf } from '../commands.ts';
import type { Finding, Rule } from '../rule.ts';

const IN_PATCH = /"limits"\s*:\s*\{[^{}]{0,200}?"(memory|cpu)"\s*:\s*"?([\w.]{1,20})"?/;
const IN_FLAG = /(memory|cpu)=([\w.]{1,20})/;

/** RB047: a limit written down in a document may be lower than today's, and then the fix makes it worse. */
export const blindLimit: Rule = {
  code: 'RB047',
  level: 'warning',
  find: ({ groups }) => groups.flatMap(blind),
};

function blind(actions: Action[]): Finding[] {
  const undone = new Set(actions.map((action) => action.undoOf));
  const read = new Set<string>();
  return actions.flatMap((action) => {
    if (readsSpec(action)) read.add(targetOf(action) ?? '');
    const limit = limitOf(action);
    const isGuarded = action.check !== undefined || action.purpose === 'undo' || undone.has(action.id);
    if (limit === null || isGuarded || read.has(targetOf(action) ?? '')) return [];
    const message = `sets the ${limit.what} limit to ${limit.value}, whatever it is today: where it is higher, this lowers it`;
    return [{ source: action.source, message, suggestion: `first: ${readingOf(action)}` }];
  });
}

function limitOf(action: Action): { what: string; value: string } | null {
  const parsed = kubectlOf(action);
  if (parsed === null || action.effect === 'read') return null;
  const [, what, value] = matchOf(parsed) ?? [];
  return what === undefined || value === undefined ? null : { what, value };
}

function matchOf(parsed: ParsedArgs): RegExpExecArray | null {
  const [verb, second] = parsed.words;
  if (verb === 'patch') return IN_PATCH.exec(flagValue(parsed, '-p', '--patch') ?? '');
  const setsLimits = verb === 'set' && second === 'resources';
  return setsLimits ? IN_FLAG.exec(flagValue(parsed, '--limits') ?? '') : null;
}

function readsSpec(action: Action): boolean {
  const parsed = kubectlOf(action);
  if (parsed === null) return false;
  return (
    kubectlVerb(action) === 'describe' || (kubectlVerb(action) === 'get' && hasFlag(parsed, '-o', '--output'))
  );
}

function readingOf(action: Action): string {
  const [kind = 'deployment', name = 'NAME'] = (targetOf(action) ?? '').split('/');
  const parsed = kubectlOf(action);
  const namespace = parsed === null ? undefined : flagValue(parsed, '-n', '--namespace');
  const place = namespace === undefined ? '' : ` -n ${namespace}`;
  return `kubectl get ${kind} ${name}${place} -o jsonpath='{.spec.template.spec.containers[*].resources.limits}'`;
}
