import type { Effect } from '../plan.ts';
import { strongest } from './effect-order.ts';
import { flagValue, flagValues, hasFlag, isSurelyOn, type ParsedArgs } from './flags.ts';
import { isDryRun, kubectlArgs } from './kubectl-args.ts';
import { overridesEffect } from './kubectl-overrides.ts';
import { KUBECTL_DESTROYS, KUBECTL_READS, LOSING_FLAGS, UNSAFE_READ_FLAGS } from './kubectl-verbs.ts';
import { patchIsLoss } from './patch-loss.ts';

type EffectOfInner = (argv: string[]) => Effect;

/** Effect of kubectl's arguments; an unknown verb, flag or order counts as a change. */
export function kubectlEffect(args: string[], effectOfInner: EffectOfInner): Effect {
  const parsed = kubectlArgs(args);
  if (parsed.ambiguous) return ambiguousEffect(parsed);
  const [verb = '', second = ''] = parsed.words;
  if (KUBECTL_READS.has(verb) || KUBECTL_READS.has(`${verb} ${second}`.trim())) return readEffect(parsed);
  switch (verb) {
    case 'exec':
      return innerEffect(parsed, effectOfInner);
    case 'run':
      return runEffect(parsed, effectOfInner);
    case 'debug':
      return strongest([changeEffect(verb, parsed), innerEffect(parsed, effectOfInner)]);
    default:
      return changeEffect(verb, parsed);
  }
}

/** Any word, also one that was taken for a flag's value, may be the verb. */
function ambiguousEffect(parsed: ParsedArgs): Effect {
  const words = [...parsed.words, ...[...parsed.flags.values()].flat()];
  return words.some((word) => KUBECTL_DESTROYS.has(word)) ? 'destroy' : 'mutate';
}

function readEffect(parsed: ParsedArgs): Effect {
  const writes = parsed.words[0] === 'kustomize' && parsed.flags.has('-o');
  return parsed.unknown.length > 0 || hasUnsafeFlag(parsed) || writes ? 'mutate' : 'read';
}

/** What runs inside a container. Without `--` kubectl may take a part of the command for its own flags. */
function innerEffect(parsed: ParsedArgs, effectOfInner: EffectOfInner): Effect {
  const sure = parsed.rest !== null && parsed.unknown.length === 0 && !hasUnsafeFlag(parsed);
  const inner = effectOfInner(parsed.rest ?? parsed.words.slice(2));
  return sure ? inner : strongest(['mutate', inner]);
}

function hasUnsafeFlag(parsed: ParsedArgs): boolean {
  return UNSAFE_READ_FLAGS.some((flag) => parsed.flags.has(flag));
}

const SHELLS = new Set(['sh', 'bash', 'ash', '/bin/sh', '/bin/bash']);

function runEffect(parsed: ParsedArgs, effectOfInner: EffectOfInner): Effect {
  if (isDryRun(parsed)) return 'read';
  const command = [...parsed.words.slice(2), ...(parsed.rest ?? [])];
  const isBareShell = command.length === 1 && SHELLS.has(command[0] ?? '');
  const inner = command.length === 0 || isBareShell ? 'read' : effectOfInner(command);
  const overrides = flagValues(parsed, '--overrides').map((text) => overridesEffect(text, effectOfInner));
  return strongest([leavesNothing(parsed) ? 'create-temp' : 'mutate', inner, ...overrides]);
}

/** True when the pod is surely gone afterwards and had no more rights than any other. */
function leavesNothing(parsed: ParsedArgs): boolean {
  const more = hasFlag(parsed, '--privileged', '--expose') || hasUnsafeFlag(parsed);
  return isSurelyOn(parsed, '--rm') && parsed.unknown.length === 0 && !more;
}

function changeEffect(verb: string, parsed: ParsedArgs): Effect {
  if (isDryRun(parsed)) return 'read';
  if (KUBECTL_DESTROYS.has(verb)) return 'destroy';
  const grace = flagValue(parsed, '--grace-period');
  const forced = hasFlag(parsed, ...LOSING_FLAGS) || (grace !== undefined && Number(grace) === 0);
  return forced || isLoss(verb, parsed) ? 'destroy' : 'mutate';
}

/** Changes that take running copies away: to zero, off a node, or one by one out of a stateful set. */
function isLoss(verb: string, parsed: ParsedArgs): boolean {
  const targets = parsed.words.slice(1);
  switch (verb) {
    case 'scale':
      return !flagValues(parsed, '--replicas').every((count) => /^\d+$/.test(count) && Number(count) > 0);
    case 'taint':
      return targets.some((word) => word.endsWith(':NoExecute'));
    case 'patch':
      return flagValues(parsed, '-p', '--patch').some(patchIsLoss);
    case 'create':
      return flagValues(parsed, '--raw').some((path) => /\/eviction(?:$|[/?])/.test(path));
    case 'rollout':
      return targets[0] === 'restart' && targets.some((word) => hasLosingKind(word));
    default:
      return false;
  }
}

/** Kinds whose restart ends pods before new ones run; `deploy,sts` names two. */
function hasLosingKind(word: string): boolean {
  const kinds = word.split('/')[0]?.split(',') ?? [];
  return kinds.some((kind) => /^(?:statefulsets?|sts|daemonsets?|ds)(?:\.|$)/i.test(kind));
}
