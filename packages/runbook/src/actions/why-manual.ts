import { curlArgs, curlDetour, curlUrls } from '../effect/curl.ts';
import { hasFlag } from '../effect/flags.ts';
import { psqlArgs, psqlStatements } from '../effect/psql.ts';
import { redisArgs } from '../effect/redis-cli.ts';
import { FILTER_NAMES, readFilterOptions } from './filter-options.ts';
import { whyKubectlManual } from './why-kubectl-manual.ts';

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
      return whyKubectlManual(args);
    case 'curl':
      return curlReason(args);
    case 'psql':
      return psqlReason(args);
    case 'redis-cli':
      return redisReason(args);
    default:
      return `${program || 'it'} is not a program that is started from a runbook (kubectl, curl, psql, redis-cli)`;
  }
}

function curlReason(args: string[]): string | null {
  const parsed = curlArgs(args);
  const urls = curlUrls(parsed);
  if (urls.length === 0) return 'curl without a URL';
  if (urls.length > 1 || parsed.flags.has('--next') || parsed.flags.has('-:'))
    return 'curl with more than one URL: write one command for each';
  if (/[{}[\]]/.test(urls[0] ?? '') && !hasFlag(parsed, '-g', '--globoff'))
    return 'curl makes several URLs of { } and [ ]: write one command for each';
  const detour = curlDetour(parsed);
  return detour === undefined ? null : `the request goes elsewhere than its URL says (${detour})`;
}

function psqlReason(args: string[]): string | null {
  const parsed = psqlArgs(args);
  const file = ['-f', '--file', '-o', '--output', '-L', '--log-file'].find((flag) => parsed.flags.has(flag));
  if (file !== undefined) return `it reads or writes a file that the responder does not have (${file})`;
  const ends = psqlStatements(parsed).length > 0 || hasFlag(parsed, '-l', '--list', '-V', '--version');
  return ends ? null : 'psql without -c needs a terminal';
}

function redisReason(args: string[]): string | null {
  const { words, flags } = redisArgs(args);
  if (flags.has('-x') || flags.has('-X')) return 'redis-cli -x reads what is typed or piped in';
  if (words.length === 0) return 'redis-cli without a command needs a terminal';
  return ENDLESS_REDIS.has((words[0] ?? '').toLowerCase()) ? 'it never ends by itself' : null;
}

function filterReason(argv: string[]): string | null {
  const [program = '', ...args] = argv;
  if (!FILTER_NAMES.includes(program))
    return `${program || 'a part'} is not among the filters (${FILTER_NAMES.join(', ')})`;
  if (program === 'tail' && args.some((arg) => /^(?:-[a-zA-Z]*[fF]|--follow|--retry)/.test(arg)))
    return 'tail -f never ends by itself';
  return readFilterOptions(program, args).problem ?? null;
}
