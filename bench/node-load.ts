/** The generator where wrk is not installed: `node node-load.ts URL TOKENS_FILE SECONDS CONNECTIONS`, one line of JSON at the end. */
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';

const [url = '', tokensFile = '', seconds = '8', connections = '16'] = process.argv.slice(2);
const tokens = readFileSync(tokensFile, 'utf8').trim().split('\n');
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const tookUs: number[] = [];
const startedAt = performance.now();
const endAt = startedAt + Number(seconds) * 1000;
let failed = 0;
let turn = 0;

function ask(): Promise<boolean> {
  turn += 1;
  const headers = { authorization: `Bearer ${tokens[turn % tokens.length]}` };
  return new Promise((resolve) => {
    const request = get(`${url}/api/data?limit=20`, { agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve((answer.statusCode ?? 500) < 400));
    });
    request.once('error', () => resolve(false));
  });
}

async function keepAsking(): Promise<void> {
  while (performance.now() < endAt) {
    const askedAt = performance.now();
    if (!(await ask())) failed += 1;
    tookUs.push((performance.now() - askedAt) * 1000);
  }
}

await Promise.all(Array.from({ length: Number(connections) }, keepAsking));
const sorted = tookUs.toSorted((a, b) => a - b);
const at = (part: number): number => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
const durationUs = Math.round((performance.now() - startedAt) * 1000);
console.log(JSON.stringify({ requests: tookUs.length, durationUs, failed, p50Us: at(0.5), p99Us: at(0.99) }));
agent.destroy();
