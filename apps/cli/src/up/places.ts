import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

/** Entry points that the command line starts as processes, and files that ship with it. */
export const places = {
  repository,
  responder: join(repository, 'apps/responder/src/main.ts'),
  database: join(repository, 'apps/responder/src/database-main.ts'),
  replay: join(repository, 'apps/responder/src/replay-main.ts'),
  record: join(repository, 'apps/responder/src/record-main.ts'),
  statusPage: join(repository, 'apps/status-page/src/main.ts'),
  sandbox: join(repository, 'apps/sandbox/src/main.ts'),
  console: join(repository, 'apps/console/dist'),
  consoleProject: join(repository, 'apps/console'),
  /** Compiled JavaScript of every program, so that a start is quick and small; an install fills it. */
  compiled: join(repository, 'node_modules/.cache/tocsin/compiled'),
  runbook: join(repository, 'runbooks/outage.md'),
} as const;
