import type { Effect } from '../plan.ts';
import { firstWord, flagTable, flagValues, parseArgs, type ParsedArgs } from './flags.ts';
import { REDIS_DESTROYS, REDIS_READING_PAIRS, REDIS_READS } from './redis-commands.ts';

const TABLE = flagTable(
  '-h -p -s -a -n -u -r -i -t -d -D -X --user --pass --sni --cacert --cacertdir --cert --key --tls-ciphers --tls-ciphersuites --show-pushes --eval --rdb --functions-rdb --cluster --pattern --count --memkeys-samples --lru-test --intrinsic-latency',
  '-c -e -x -2 -3 -4 -6 --tls --raw --no-raw --csv --json --quoted-json --no-auth-warning --insecure --quoted-input --verbose',
);

/** Options by which redis-cli does something by itself, or takes its last argument from somewhere else. */
const ACTING = ['--eval', '--rdb', '--functions-rdb', '--cluster', '--lru-test', '-x', '-X'];

/** Takes redis-cli's arguments apart (without the program's name): from the first word on, all belongs to the command. */
export function redisArgs(args: string[]): ParsedArgs {
  const { index, unknown } = firstWord(args, TABLE);
  const parsed = parseArgs(args.slice(0, index), TABLE);
  return { ...parsed, words: args.slice(index), ambiguous: unknown };
}

/** Effect of a redis-cli call by its command; an unknown one counts as a change. */
export function redisEffect(args: string[]): Effect {
  const parsed = redisArgs(args);
  const words = parsed.words.map((word) => word.toLowerCase());
  const names = [words[0] ?? '', words.slice(0, 2).join(' ')];
  const unsure = isUnsure(parsed);
  // An unknown option may have taken the first word for its value.
  const suspects = unsure ? [...names, ...words] : names;
  if (suspects.some((name) => REDIS_DESTROYS.has(name)) || losesNodes(parsed)) return 'destroy';
  return !unsure && names.some((name) => REDIS_READS.has(name) || REDIS_READING_PAIRS.has(name))
    ? 'read'
    : 'mutate';
}

function isUnsure(parsed: ParsedArgs): boolean {
  const unread = parsed.ambiguous || parsed.unknown.length > 0 || parsed.rest !== null;
  return unread || ACTING.some((flag) => parsed.flags.has(flag));
}

/** `--cluster del-node` and the like. */
function losesNodes(parsed: ParsedArgs): boolean {
  return flagValues(parsed, '--cluster').some((command) => /^(?:del|call$|reshard$)/.test(command));
}
