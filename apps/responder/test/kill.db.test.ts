import { expect, test } from 'vitest';
import { countDeaths, neverHit } from './kill-matrix/count-deaths.ts';
import { openGrounds } from './kill-matrix/open-grounds.ts';
import { runMatrix } from './kill-matrix/run-matrix.ts';

const deathsWanted = 200;

const { grounds, program } = await openGrounds();

/** Without these the matrix would look in the wrong place. */
const wanted = [
  'before opening/incident row#1',
  'before opening/page row#1',
  'before opening/commit#1',
  'after opening/commit#1',
  'after paging/claim of the message#1',
  'before paging/admission#1',
  'mail taken#1',
  'before paging/outcome of the message#1',
  'before moving on/timer done#1',
  'mail taken#2',
  'before escalating/hold#1',
  'before summarising/release of the held#1',
  'before answering/log#1',
  'before verifying/commit#1',
  'before watching/timer done#1',
  'before closing/incident row#1',
  'after opening again/commit#1',
];

test('killed -9 at every transition and between every two writes, and while a page is sent: none is lost, and a repeat was in doubt and is marked', async () => {
  const matrix = await runMatrix({ program, grounds, wanted: deathsWanted });
  process.stdout.write(`${countDeaths(matrix)}\n`);
  const { points, deaths } = matrix;
  expect(points).toEqual(expect.arrayContaining(wanted));
  expect(deaths.flatMap((one) => one.broken.map((what) => `${one.point}: ${what}`))).toEqual([]);
  expect(deaths.filter((one) => one.died)).toHaveLength(deathsWanted);
  // The order in which two messages go out at once is nobody's: a life may come by one point less.
  expect(neverHit(matrix).length).toBeLessThan(points.length / 20);
  expect(deaths.filter((one) => one.repeats > 0).length).toBeGreaterThan(2);
}, 600_000);
