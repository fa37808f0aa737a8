import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from './stack.ts';

const tocsin = join(import.meta.dirname, '../apps/cli/bin/tocsin.js');
const minutes = Number(process.env['CHURN_MINUTES'] ?? 60);
const controls = 'rollout,planned-drain,scaling,node-flap,held-drain,job-elsewhere';

/** Ten requests a second more than the others send, and within the tenant's limit. */
const noisyEveryMs = 100;

let stack: Stack;
let noise: NodeJS.Timeout | undefined;
beforeAll(async () => {
  stack = await startStack();
  noise = startNoise();
}, 120_000);
afterAll(async () => {
  clearInterval(noise);
  await stack?.stop();
});

interface Card {
  readonly drill: string;
  readonly incidents: number;
  readonly pages: number;
}

/** One tenant asks much more than the others. */
function startNoise(): NodeJS.Timeout {
  const file = join(stack.stateDir, 'sandbox', 'sandbox.json');
  const { ingressUrl, ingressHost, tenants } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly ingressUrl: string;
    readonly ingressHost: string;
    readonly tenants: readonly { readonly tokenFile: string }[];
  };
  const token = readFileSync(tenants[0]?.tokenFile ?? '', 'utf8').trim();
  const headers = { host: ingressHost, authorization: `Bearer ${token}` };
  return setInterval(() => {
    get(`${ingressUrl}/api/data`, { headers }, (answer) => answer.resume()).on('error', () => {
      // A client that is cut off in a rollout asks again; whether that is an outage is for the responder to say.
    });
  }, noisyEveryMs);
}

/** Every harmless event once, each until the platform is whole again. */
async function churnOnce(): Promise<readonly Card[]> {
  const args = [tocsin, 'drill', '--all', '--only', controls, '--json', '--state-dir', stack.stateDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Card);
}

it(
  `pages nobody during ${minutes} minutes of rollouts, drains, scaling, flaps, jobs and a noisy tenant`,
  { timeout: (minutes + 15) * 60_000 },
  async () => {
    const endsAt = Date.now() + minutes * 60_000;
    const cards: Card[] = [];
    while (Date.now() < endsAt) cards.push(...(await churnOnce()));
    expect(new Set(cards.map((card) => card.drill)).size).toBe(controls.split(',').length);
    expect(cards.filter((card) => card.incidents > 0 || card.pages > 0)).toEqual([]);
    expect(await stack.clientOf('primary').listIncidents()).toEqual([]);
  },
);
