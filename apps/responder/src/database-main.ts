import { createLogger, startOwnDatabase } from '#platform';

/**
 * The database as a process of its own: `node database-main.ts DATA_DIR [PORT]` prints one line
 * `{"event":"ready","url":...}` and stops PostgreSQL cleanly on SIGTERM or when standard input ends.
 */
const [dataDir, port = '0'] = process.argv.slice(2);
if (dataDir === undefined || !/^\d+$/.test(port)) {
  process.stderr.write(
    'expected: database-main.ts DATA_DIR [PORT], with PORT a number (0 or none: any free one)\n',
  );
  process.exit(2);
}

const log = createLogger({ level: 'info', name: 'database' });
const server = await startOwnDatabase({ dataDir, port: Number(port), log });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await server.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
// Ctrl-C reaches the whole terminal group; whoever started us still needs the database to finish, and ends our input.
process.on('SIGINT', () => {
  if (process.stdin.isTTY) void stop();
});
process.stdin.on('end', () => void stop());
process.stdin.on('error', () => void stop());
process.stdin.resume();
// PostgreSQL that has died is for our supervisor to start again: we end with it.
setInterval(() => {
  if (stopping || server.lives()) return;
  process.stderr.write('PostgreSQL has ended\n');
  process.exit(1);
}, 500).unref();
process.stdout.write(
  `${JSON.stringify({ event: 'ready', url: server.url, pid: server.pid, adopted: server.adopted })}\n`,
);
