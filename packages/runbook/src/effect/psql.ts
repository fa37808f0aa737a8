import type { Effect } from '../plan.ts';
import { hasFlag, parseArgs, type FlagTable, type ParsedArgs } from './flags.ts';
import { sqlEffect } from './sql.ts';
import { strongest } from './effect-order.ts';

const TABLE: FlagTable = {
  valued: new Set([
    '--command',
    '--dbname',
    '--file',
    '--host',
    '--port',
    '--username',
    '--set',
    '--variable',
    '--pset',
    '--output',
    '--field-separator',
    '--log-file',
  ]),
  valuedLetters: 'cdfhpUvPoFLRT',
  switches: new Set([
    '--no-psqlrc',
    '--tuples-only',
    '--no-align',
    '--quiet',
    '--list',
    '--no-password',
    '--expanded',
    '--csv',
    '--echo-all',
  ]),
};

/** Takes psql's arguments apart (without the program's name). */
export function psqlArgs(args: string[]): ParsedArgs {
  return parseArgs(args, TABLE);
}

/** The statements given by `-c`, in order. */
export function psqlStatements(parsed: ParsedArgs): string[] {
  return [...(parsed.flags.get('-c') ?? []), ...(parsed.flags.get('--command') ?? [])];
}

/** Effect of a psql call: that of its statements; a file or an output file is unknown. */
export function psqlEffect(args: string[]): Effect {
  const parsed = psqlArgs(args);
  if (hasFlag(parsed, '-f', '--file', '-o', '--output', '-L', '--log-file')) return 'mutate';
  if (hasFlag(parsed, '-l', '--list')) return 'read';
  const statements = psqlStatements(parsed);
  return statements.length === 0 ? 'mutate' : strongest(statements.map(sqlEffect));
}
