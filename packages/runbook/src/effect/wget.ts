import type { Effect } from '../plan.ts';
import { flagTable, flagValues, hasFlag, parseArgs } from './flags.ts';

const TABLE = flagTable(
  '-O --output-document -T --timeout -t --tries --header -U --user-agent',
  '-q --quiet -S --server-response --spider -nv --no-verbose --no-check-certificate -4 -6',
);

/** Effect of wget: it writes a file unless it prints the page, or only asks for it. */
export function wgetEffect(args: string[]): Effect {
  const parsed = parseArgs(args, TABLE);
  const to = flagValues(parsed, '-O', '--output-document');
  const prints = to.length > 0 && to.every((file) => file === '-' || file === '/dev/null');
  return parsed.unknown.length === 0 && (prints || hasFlag(parsed, '--spider')) ? 'read' : 'mutate';
}
