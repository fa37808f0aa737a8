import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const tocsin = join(import.meta.dirname, '../apps/cli/bin/tocsin.js');
const runs = Number(process.env['BENCH_RUNS'] ?? 5);
const figures = [
  'detectedAfterMs',
  'pagedAfterMs',
  'evidenceAfterMs',
  'mitigatedAfterMs',
  'recoveredAfterMs',
] as const;

type Card = Readonly<Record<string, unknown>>;

/** The node-failure drill with approvals, several times, beside the control run in which Kubernetes heals alone. */
export async function drillRuns(): Promise<object> {
  const approved: Card[] = [];
  for (let run = 0; run < runs; run += 1) approved.push(await drill('--approve'));
  const control = await drill();
  return {
    runs,
    passed: approved.filter((card) => card['passed'] === true).length,
    misses: approved.flatMap((card) => card['misses']),
    ...Object.fromEntries(figures.map((name) => [name, spread(approved.map((card) => Number(card[name])))])),
    control: Object.fromEntries([...figures, 'mitigatedBy', 'passed'].map((name) => [name, control[name]])),
  };
}

async function drill(...flags: readonly string[]): Promise<Card> {
  const args = [tocsin, 'drill', 'node-failure', '--own', '--hold', '10s', '--json', ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(await text(child.stdout)) as Card;
}

function spread(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    min: sorted[0] ?? Number.NaN,
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}
