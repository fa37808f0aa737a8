import type { Effect } from '../plan.ts';
import { flagTable, parseArgs } from './flags.ts';

const READY = flagTable(
  '-d --dbname -h --host -p --port -t --timeout -U --username',
  '-q --quiet -V --version',
);
const DUMP = flagTable(
  '-d --dbname -h --host -p --port -U --username -n --schema -N --exclude-schema -t --table -T --exclude-table -E --encoding',
  '-a --data-only -s --schema-only -c --clean -C --create -O --no-owner -x --no-privileges -w --no-password -v --verbose --if-exists --inserts',
);

/** Effect of PostgreSQL's own tools, or undefined for another program. `dropdb` takes all away. */
export function postgresToolEffect(program: string, args: string[]): Effect | undefined {
  switch (program) {
    case 'pg_isready':
      return parseArgs(args, READY).unknown.length > 0 ? 'mutate' : 'read';
    case 'pg_dump':
      return parseArgs(args, DUMP).unknown.length > 0 ? 'mutate' : 'read';
    case 'dropdb':
    case 'dropuser':
    case 'pg_resetwal':
      return 'destroy';
    default:
      return undefined;
  }
}
