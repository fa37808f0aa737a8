import type { Effect } from '../plan.ts';
import { curlEffect } from './curl.ts';
import { strongest } from './effect-order.ts';
import { filterEffect } from './filters.ts';
import { helmEffect } from './helm.ts';
import { kubectlEffect } from './kubectl.ts';
import { psqlEffect } from './psql.ts';
import { redisEffect } from './redis-cli.ts';

/** What one command does to the world, by its program and arguments; unknown means `mutate`. */
export function effectOfArgv(argv: string[]): Effect {
  const [program = '', ...args] = argv;
  switch (program) {
    case 'kubectl':
      return kubectlEffect(args, effectOfArgv);
    case 'curl':
      return curlEffect(args);
    case 'psql':
      return psqlEffect(args);
    case 'redis-cli':
      return redisEffect(args);
    case 'helm':
      return helmEffect(args);
    default:
      return filterEffect(program, args) ?? 'mutate';
  }
}

/** The strongest effect of a pipeline's commands. */
export function effectOfPipeline(pipeline: string[][]): Effect {
  return pipeline.length === 0 ? 'mutate' : strongest(pipeline.map(effectOfArgv));
}
