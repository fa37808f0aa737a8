import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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

const onStack = (): readonly string[] => ['--json', '--state-dir', stack.stateDir];

describe('drills of seeing', () => {
  it('judge a bad release, and that a harmless event is left alone', { timeout: 360_000 }, async () => {
    const { cards, said } = await run('drill', '--all', '--only', 'image-missing,scaling', ...onStack());
    expect({ misses: cards.flatMap(missesButTime), said }).toEqual({ misses: [], said });
    expect(cards).toMatchObject([
      {
        drill: 'image-missing',
        severity: 'P0',
        diagnosis: 'image-pull-failure',
        subject: 'deployment/multitenant-api',
        incidents: 1,
      },
      { drill: 'scaling', severity: null, diagnosis: null, incidents: 0, pages: 0 },
    ]);
  });

  it(
    'keep a total outage as a recording, of which a replay concludes the same',
    { timeout: 360_000 },
    async () => {
      const { cards, said } = await run('drill', 'selector-wrong', '--record', recordings, ...onStack());
      expect({ misses: cards.flatMap(missesButTime), said }).toEqual({ misses: [], said });
      const cause = {
        severity: 'P0',
        diagnosis: 'selector-mismatch',
        subject: 'service/multitenant-api-service',
      };
      expect(cards).toMatchObject([{ drill: 'selector-wrong', ...cause, incidents: 1 }]);
      const replayed = await run('replay', '--json', recordings);
      expect(replayed.cards).toMatchObject([
        { recording: 'sandbox-selector-wrong', misses: [], incidents: [cause] },
      ]);
    },
  );
});
