import type { Effect } from '../plan.ts';
import { firstWord, flagTable, parseArgs, type ParsedArgs } from './flags.ts';
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
  const [command = '', second = ''] = words;
  const pair = `${command} ${second}`;
  const unsure =
    parsed.ambiguous ||
    parsed.unknown.length > 0 ||
    parsed.rest !== null ||
    ACTING.some((flag) => parsed.flags.has(flag));
  // An unknown option may have taken the first word for its value.
  const loses = unsure ? words.some(isLosing) : isLosing(command) || isLosing(pair);
  if (loses || parsed.flags.get('--cluster')?.some(isLosingForCluster) === true) return 'destroy';
  if (unsure) return 'mutate';
  return REDIS_READS.has(command) || REDIS_READING_PAIRS.has(pair) ? 'read' : 'mutate';
}

function isLosing(command: string): boolean {
  return REDIS_DESTROYS.has(command.toLowerCase());
}

function isLosingForCluster(command: string): boolean {
  return command.startsWith('del') || command === 'call' || command === 'reshard';
}
