import type { Effect } from '../plan.ts';
import { hasFlag, parseArgs, type FlagTable, type ParsedArgs } from './flags.ts';

const TABLE: FlagTable = {
  valued: new Set([
    '--user',
    '--pass',
    '--sni',
    '--cacert',
    '--cert',
    '--key',
    '--eval',
    '--rdb',
    '--functions-rdb',
    '--cluster',
    '--pattern',
  ]),
  valuedLetters: 'hpsanuritdD',
  switches: new Set(['--tls', '--raw', '--no-raw', '--csv', '--json', '--no-auth-warning', '--insecure']),
};

const READS = new Set(
  'ping get mget strlen exists ttl pttl type keys scan dbsize info time role lastsave hget hgetall hlen hscan llen lrange scard smembers sscan zcard zrange zscan xlen xinfo echo'.split(
    ' ',
  ),
);
const DESTROYS = new Set('flushall flushdb shutdown del unlink'.split(' '));
const READING_PAIRS = new Set([
  'client list',
  'client info',
  'config get',
  'memory usage',
  'memory stats',
  'memory doctor',
  'slowlog get',
  'slowlog len',
  'latency latest',
  'latency doctor',
  'cluster info',
  'cluster nodes',
  'acl whoami',
  'object encoding',
  'sentinel masters',
]);
const ACTING_FLAGS = ['--eval', '--rdb', '--functions-rdb', '--cluster', '--pipe', '--replica', '--ldb'];

/** Takes redis-cli's arguments apart (without the program's name). */
export function redisArgs(args: string[]): ParsedArgs {
  return parseArgs(args, TABLE);
}

/** Effect of a redis-cli call by its command; an unknown one counts as a change. */
export function redisEffect(args: string[]): Effect {
  const parsed = redisArgs(args);
  const [command = '', second = ''] = parsed.words.map((word) => word.toLowerCase());
  if (parsed.ambiguous || hasFlag(parsed, ...ACTING_FLAGS)) return 'mutate';
  if (DESTROYS.has(command)) return 'destroy';
  return READS.has(command) || READING_PAIRS.has(`${command} ${second}`) ? 'read' : 'mutate';
}
