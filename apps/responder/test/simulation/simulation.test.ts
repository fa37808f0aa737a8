import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plantedBugs } from './planted-bugs.ts';
import { createGround, play } from './play.ts';

const histories = 300;
/** On a machine that has other work, too. */
const longestMs = 600_000;

test(
  'random histories with deaths, hangs, late clocks and two responders keep every promise',
  async () => {
    const ground = await createGround();
    let deaths = 0;
    for (let seed = 1; seed <= histories; seed += 1) deaths += (await play(ground, seed)).deaths;
    expect(deaths).toBeGreaterThan(histories / 4);
  },
  longestMs,
);

test(
  'each planted bug in decide, fold, shell and dispatch is found, by the promise that it breaks',
  async () => {
    const finder = fileURLToPath(new URL('./find-planted-bugs.ts', import.meta.url));
    const child = spawn(process.execPath, [finder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const found = said
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[1] ?? '');
    const missed = plantedBugs.filter(({ breaks }, index) => !breaks.includes(found[index] ?? ''));
    expect({ said, missed }).toEqual({ said, missed: [] });
  },
  longestMs,
);
