import type { Effect } from '../plan.ts';
import { strongest } from './effect-order.ts';
import { flagTable, flagValues, hasFlag, parseArgs, type ParsedArgs } from './flags.ts';
import { sqlEffect } from './sql.ts';

const TABLE = flagTable(
  '--command -c --dbname -d --file -f --host -h --port -p --username -U --set --variable -v --pset -P --output -o --field-separator -F --log-file -L --record-separator -R --table-attr -T',
  '--no-psqlrc -X --tuples-only -t --no-align -A --quiet -q --list -l --no-password -w --password -W --expanded -x --csv --echo-all -a --echo-errors -b --echo-queries -e --echo-hidden -E --html -H --single-transaction -1 --no-readline -n --field-separator-zero -z --record-separator-zero -0 --version -V --help -?',
);

/** Options that read or write a file, or are not judged. */
const UNJUDGED = ['-f', '--file', '-o', '--output', '-L', '--log-file'];

/** Takes psql's arguments apart (without the program's name). */
export function psqlArgs(args: string[]): ParsedArgs {
  return parseArgs(args, TABLE);
}

/** The statements given by `-c`, in order. */
export function psqlStatements(parsed: ParsedArgs): string[] {
  return flagValues(parsed, '-c', '--command');
}

/** Effect of a psql call: that of its statements; a file, an output file or an unknown option is a change. */
export function psqlEffect(args: string[]): Effect {
  const parsed = psqlArgs(args);
  const statements = psqlStatements(parsed);
  // psql takes shortened options too (`--comm`), whose value would be read as the name of a database.
  const suspects =
    parsed.unknown.length > 0 ? [...parsed.words, ...flagValues(parsed, ...parsed.unknown)] : [];
  const lists = hasFlag(parsed, '-l', '--list', '-V', '--version');
  const unsure =
    suspects.length > 0 || parsed.unknown.length > 0 || UNJUDGED.some((flag) => parsed.flags.has(flag));
  const nothing = statements.length === 0 && !lists;
  return strongest([unsure || nothing ? 'mutate' : 'read', ...[...statements, ...suspects].map(sqlEffect)]);
}
