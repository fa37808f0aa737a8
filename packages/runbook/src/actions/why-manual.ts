import { curlArgs } from '../effect/curl.ts';
import { hasFlag } from '../effect/flags.ts';
import { kubectlArgs } from '../effect/kubectl-args.ts';
import { psqlArgs, psqlStatements } from '../effect/psql.ts';
import { redisArgs } from '../effect/redis-cli.ts';
import { fileOperands, FILTERS } from './filter-operands.ts';

const TERMINAL_VERBS = new Set(['edit', 'attach']);
const ENDLESS_VERBS = new Set(['port-forward', 'proxy']);
const ENDLESS_REDIS = new Set(['monitor', 'subscribe', 'psubscribe', 'ssubscribe']);

/** Why a person has to run this pipeline; null when the responder can. */
export function whyManual(pipeline: string[][]): string | null {
  for (const [index, argv] of pipeline.entries()) {
    const reason = index === 0 ? headReason(argv) : filterReason(argv);
    if (reason !== null) return reason;
  }
  return null;
}

function headReason(argv: string[]): string | null {
  const [program = '', ...args] = argv;
  switch (program) {
    case 'kubectl':
      return kubectlReason(args);
    case 'curl':
      return curlReason(args);
    case 'psql':
      return psqlReason(args);
    case 'redis-cli':
      return redisReason(redisArgs(args).words);
    default:
      return `${program || 'it'} is not a program that is started from a runbook (kubectl, curl, psql, redis-cli)`;
  }
}

function curlReason(args: string[]): string | null {
  const parsed = curlArgs(args);
  return parsed.words.length === 0 && !parsed.flags.has('--url') ? 'curl without a URL' : null;
}

function psqlReason(args: string[]): string | null {
  const parsed = psqlArgs(args);
  const ends = psqlStatements(parsed).length > 0 || hasFlag(parsed, '-l', '--list');
  return ends ? null : 'psql without -c needs a terminal';
}

function kubectlReason(args: string[]): string | null {
  const parsed = kubectlArgs(args);
  const verb = parsed.words[0] ?? '';
  if (hasFlag(parsed, '-i', '-t', '--stdin', '--tty') || TERMINAL_VERBS.has(verb))
    return 'it needs a terminal';
  if (ENDLESS_VERBS.has(verb)) return 'it never ends by itself';
  if (verb === 'logs' && hasFlag(parsed, '-f', '--follow')) return 'it never ends by itself (--follow)';
  return null;
}

function redisReason(words: string[]): string | null {
  if (words.length === 0) return 'redis-cli without a command needs a terminal';
  return ENDLESS_REDIS.has((words[0] ?? '').toLowerCase()) ? 'it never ends by itself' : null;
}

function filterReason(argv: string[]): string | null {
  const [program = '', ...args] = argv;
  if (!FILTERS.has(program))
    return `${program || 'a part'} is not among the filters (${[...FILTERS].join(', ')})`;
  if (program === 'tail' && args.some((arg) => /^(?:-[a-zA-Z]*[fF]|--follow|--retry)/.test(arg)))
    return 'tail -f never ends by itself';
  const files = fileOperands(program, args);
  return files.length === 0 ? null : `${program} reads the file ${files[0]}, not the pipe`;
}
