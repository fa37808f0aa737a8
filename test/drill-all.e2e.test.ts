import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from './run-drill.ts';
import { type Stack, startStack } from './stack.ts';

const tocsin = join(import.meta.dirname, '../apps/cli/bin/tocsin.js');

let stack: Stack;
let recordings: string;
beforeAll(async () => {
  recordings = mkdtempSync(join(tmpdir(), 'tocsin-recordings-'));
  stack = await startStack();
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  rmSync(recordings, { recursive: true, force: true });
});

async function run(...args: readonly string[]): Promise<{ cards: readonly Card[]; said: string }> {
  const child = spawn(process.execPath, [tocsin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const cards = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Card);
  return { cards, said };
}

/** How fast it was is the benchmarks' business. */
const missesButTime = ({ misses }: Card): readonly string[] =>
  misses.filter((miss) => !miss.includes('the bar is'));

const names = ['selector-wrong', 'tenant-poison', 'scaling'] as const;

describe('tocsin drill --all', () => {
  it(
    'judges what is seen of one fault after the other, and that a harmless event is left alone',
    { timeout: 360_000 },
    async () => {
      const { cards, said } = await run(
        'drill',
        '--all',
        '--only',
        names.join(','),
        '--json',
        '--state-dir',
        stack.stateDir,
        '--record',
        recordings,
      );
      expect({ played: cards.map(({ drill }) => drill), said }).toEqual({ played: [...names], said });
      expect(cards.flatMap(missesButTime)).toEqual([]);
      expect(cards).toMatchObject([
        {
          severity: 'P0',
          diagnosis: 'selector-mismatch',
          subject: 'service/multitenant-api-service',
          incidents: 1,
        },
        { severity: 'P2', diagnosis: 'tenant-errors', subject: 'tenant/t1', tenants: ['t1'], incidents: 1 },
        { severity: null, diagnosis: null, incidents: 0, pages: 0 },
      ]);
    },
  );

  it('kept recordings of them, of which a replay concludes the same', { timeout: 120_000 }, async () => {
    expect(names.every((name) => existsSync(join(recordings, name, 'meta.json')))).toBe(true);
    const { cards } = await run('replay', '--json', recordings);
    expect(cards.flatMap(({ misses }) => misses)).toEqual([]);
    expect(cards.map((one) => one['recording']).toSorted()).toEqual(
      names.map((name) => `sandbox-${name}`).toSorted(),
    );
  });
});
