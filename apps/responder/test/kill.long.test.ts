import { expect, test } from 'vitest';
import { countDeaths, neverHit } from './kill-matrix/count-deaths.ts';
import { openGrounds } from './kill-matrix/open-grounds.ts';
import { type Matrix, runMatrix } from './kill-matrix/run-matrix.ts';

const deathsWanted = Number(process.env['KILLS'] ?? 10_000);

const { grounds, program } = await openGrounds();

/** Hours long: says how far it has come. */
function sayNowAndThen(soFar: Matrix): void {
  if (soFar.deaths.length % 250 === 0) process.stdout.write(`${countDeaths(soFar)}\n`);
}

test(
  'ten thousand deaths at every transition and between every two writes, and while a page is sent: none is lost, and a repeat was in doubt and is marked',
  async () => {
    const matrix = await runMatrix({ program, grounds, wanted: deathsWanted, onDeath: sayNowAndThen });
    process.stdout.write(`${countDeaths(matrix)}\n`);
    const broken = matrix.deaths.flatMap((one) => one.broken.map((what) => `${one.point}: ${what}`));
    expect(broken).toEqual([]);
    expect(matrix.deaths.filter((one) => one.died)).toHaveLength(deathsWanted);
    expect(neverHit(matrix)).toEqual([]);
  },
  12 * 3_600_000,
);
