import type { Effect } from '../plan.ts';
import { ADMIN_TOOLS, DESTROYING_PROGRAMS } from './admin-tools.ts';
import { effectByVerb } from './by-verb.ts';
import { cloudToolEffect } from './cloud-tools.ts';
import { curlEffect } from './curl.ts';
import { strongest } from './effect-order.ts';
import { helmEffect } from './helm.ts';
import { kubectlEffect } from './kubectl.ts';
import { networkToolEffect } from './network-tools.ts';
import { postgresToolEffect } from './postgres-tools.ts';
import { psqlEffect } from './psql.ts';
import { redisEffect } from './redis-cli.ts';
import { textToolEffect } from './text-tools.ts';
import { wgetEffect } from './wget.ts';
import { unwrap, type Wrapped } from './wrappers.ts';

/** Other names under which people call a program that is in the tables. */
const ALIASES: Readonly<Record<string, string>> = {
  k: 'kubectl',
  kubecolor: 'kubectl',
  oc: 'kubectl',
  'kubectl.exe': 'kubectl',
  'curl.exe': 'curl',
  tf: 'terraform',
  tofu: 'terraform',
  gawk: 'awk',
  mawk: 'awk',
};

/** Commands that start commands that start commands: deeper than this is nobody's runbook. */
const DEEPEST = 6;

/** What one command does to the world, by its program and arguments; unknown means `mutate`. */
export function effectOfArgv(argv: string[]): Effect {
  return effectAt(argv, 0);
}

function effectAt(argv: string[], depth: number): Effect {
  if (depth > DEEPEST) return 'destroy';
  const [program = '', ...args] = argv;
  const wrapped = unwrap(program, args);
  if (wrapped !== null) return effectOfWrapped(wrapped, depth + 1);
  const base = program.slice(program.lastIndexOf('/') + 1);
  const name = Object.hasOwn(ALIASES, base) ? (ALIASES[base] ?? base) : base;
  const effect = effectOfProgram(name, args, (inner) => effectAt(inner, depth + 1));
  // By a path or an alias it may be another program: never less than a change.
  return name === program ? effect : strongest(['mutate', effect]);
}

function effectOfWrapped({ argv, unsure }: Wrapped, depth: number): Effect {
  if (argv.length === 0) return 'mutate';
  if (!unsure) return effectAt(argv, depth);
  // An unknown option may have taken the command's name for its value: then one of the next words is the command.
  const later = argv
    .slice(1, 4)
    .map((program, at) => effectOfProgram(program, argv.slice(at + 2), () => 'mutate'));
  return strongest(['mutate', effectAt(argv, depth), ...later]);
}

function effectOfProgram(name: string, args: string[], inner: (argv: string[]) => Effect): Effect {
  switch (name) {
    case 'kubectl':
      return kubectlEffect(args, inner);
    case 'curl':
      return curlEffect(args);
    case 'wget':
      return wgetEffect(args);
    case 'psql':
      return psqlEffect(args);
    case 'redis-cli':
      return redisEffect(args);
    case 'helm':
      return helmEffect(args);
    default:
      return effectOfOther(name, args);
  }
}

function effectOfOther(name: string, args: string[]): Effect {
  const table = Object.hasOwn(ADMIN_TOOLS, name) ? ADMIN_TOOLS[name] : undefined;
  if (table !== undefined) return effectByVerb(args, table);
  if (DESTROYING_PROGRAMS.has(name)) return 'destroy';
  return (
    textToolEffect(name, args) ??
    networkToolEffect(name, args) ??
    postgresToolEffect(name, args) ??
    cloudToolEffect(name, args) ??
    'mutate'
  );
}

/** The strongest effect of a pipeline's commands. */
export function effectOfPipeline(pipeline: string[][]): Effect {
  return pipeline.length === 0 ? 'mutate' : strongest(pipeline.map(effectOfArgv));
}
