import type { Effect } from '../plan.ts';
import { strongest } from './effect-order.ts';
import { flagValue, hasFlag, type ParsedArgs } from './flags.ts';
import { isDryRun, kubectlArgs } from './kubectl-args.ts';

type EffectOfInner = (argv: string[]) => Effect;

const READS = new Set([
  'api-resources',
  'api-versions',
  'cluster-info',
  'completion',
  'describe',
  'diff',
  'events',
  'explain',
  'get',
  'logs',
  'options',
  'port-forward',
  'proxy',
  'top',
  'version',
  'wait',
]);

/** Verbs of which only these second words read; any other changes something. */
const READING_SUBCOMMANDS = new Set([
  'auth can-i',
  'auth whoami',
  'config view',
  'config current-context',
  'config get-contexts',
  'config get-clusters',
  'config get-users',
  'rollout status',
  'rollout history',
]);

/** Effect of kubectl's arguments; an unknown verb or flag order counts as a change. */
export function kubectlEffect(args: string[], effectOfInner: EffectOfInner): Effect {
  const parsed = kubectlArgs(args);
  const verb = parsed.words[0];
  if (parsed.ambiguous || verb === undefined) return 'mutate';
  if (READS.has(verb)) return 'read';
  if (READING_SUBCOMMANDS.has(`${verb} ${parsed.words[1]}`)) return 'read';
  if (verb === 'exec') return effectOfInner(parsed.rest ?? parsed.words.slice(2));
  if (verb === 'run') return runEffect(parsed, effectOfInner);
  return changeEffect(verb, parsed);
}

function runEffect(parsed: ParsedArgs, effectOfInner: EffectOfInner): Effect {
  if (isDryRun(parsed)) return 'read';
  if (!hasFlag(parsed, '--rm')) return 'mutate';
  const inner = parsed.rest === null || parsed.rest.length === 0 ? 'read' : effectOfInner(parsed.rest);
  const isShell = ['sh', 'bash', 'ash', '/bin/sh', '/bin/bash'].includes(parsed.rest?.[0] ?? '');
  return isShell ? 'create-temp' : strongest(['create-temp', inner]);
}

function changeEffect(verb: string, parsed: ParsedArgs): Effect {
  if (isDryRun(parsed)) return 'read';
  if (verb === 'delete' || verb === 'drain') return 'destroy';
  const forced = hasFlag(parsed, '--force', '--prune') || flagValue(parsed, '--grace-period') === '0';
  if (forced || isLoss(verb, parsed)) return 'destroy';
  return 'mutate';
}

/** Changes that take running copies away: to zero, off a node, or one by one out of a stateful set. */
function isLoss(verb: string, parsed: ParsedArgs): boolean {
  const targets = parsed.words.slice(1);
  if (verb === 'scale') return flagValue(parsed, '--replicas') === '0';
  if (verb === 'taint') return targets.some((word) => word.endsWith(':NoExecute'));
  if (verb === 'rollout' && targets[0] === 'restart')
    return targets.some((word) => /^(?:statefulsets?|sts)(?:\.apps)?(?:\/|$)/.test(word));
  return false;
}
