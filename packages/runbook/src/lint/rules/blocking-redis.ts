import { redisArgs } from '../../effect/redis-cli.ts';
import { innerArgv } from '../inner-command.ts';
import { actionRule } from '../rule.ts';

const INSTEAD: Record<string, string> = {
  keys: 'redis-cli --scan --pattern ...',
  monitor: 'redis-cli slowlog get 20',
  flushall: 'a person, for one pattern at a time: {"tocsin-manual":"WHY"}',
  flushdb: 'a person, for one pattern at a time: {"tocsin-manual":"WHY"}',
};

/** RB066: commands that stop Redis for everybody, or empty it. */
export const blockingRedis = actionRule('RB066', 'warning', (action) => {
  const [program, ...args] = innerArgv(action);
  if (program !== 'redis-cli') return null;
  const command = (redisArgs(args).words[0] ?? '').toLowerCase();
  const suggestion = Object.hasOwn(INSTEAD, command) ? INSTEAD[command] : undefined;
  if (suggestion === undefined) return null;
  const message = command.startsWith('flush')
    ? `${command} empties Redis: sessions, queues and caches of every tenant`
    : `${command} stops or slows Redis for everybody while it runs`;
  return { message, suggestion };
});
