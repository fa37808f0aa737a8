/**
 * Another client of the database, image `tocsin/reporting`. `connections`: takes every free connection and keeps it idle.
 * `lock`: begins a transaction that locks every table of the API and never ends it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const [mode] = process.argv.slice(2);
const say = (msg: string): void => void process.stdout.write(`${JSON.stringify({ level: 30, msg })}\n`);
const patience = { connectionTimeoutMillis: 5_000 };

async function takeConnections(): Promise<void> {
  for (let open = 0; ;) {
    const client = new Client(patience);
    client.on('error', () => (open -= 1));
    try {
      await client.connect();
      open += 1;
    } catch (error) {
      say(
        `holds ${open} connections; the next one: ${error instanceof Error ? error.message : String(error)}`,
      );
      await sleep(200);
    }
  }
}

async function holdLock(): Promise<void> {
  const client = new Client(patience);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  await client.query('BEGIN');
  for (const { name } of rows) await client.query(`LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`);
  say(`report begins: ${rows.length} tables locked`);
}

process.on('SIGTERM', () => process.exit(0));
if (mode === 'connections') await takeConnections();
else if (mode === 'lock') await holdLock();
else throw new Error(`mode: ${JSON.stringify(mode)}; expected connections or lock`);
