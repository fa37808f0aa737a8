/** Preloaded into release 0.3.0 of the API: opens a database connection every second and never gives one back. */
import { Client } from 'pg';

const kept: Client[] = [];
const everyMs = 500;

function say(error: unknown): void {
  process.stderr.write(`${JSON.stringify({ level: 50, msg: String(error) })}\n`);
}

setInterval(() => {
  const client = new Client();
  kept.push(client);
  client.on('error', () => undefined);
  client.connect().catch(say);
}, everyMs).unref();
