import { expect, test } from 'vitest';
import { countDeaths, neverHit, phaseOf } from './kill-matrix/count-deaths.ts';
import { openGrounds } from './kill-matrix/open-grounds.ts';
import { phases } from './kill-matrix/phases.ts';
import { runMatrix } from './kill-matrix/run-matrix.ts';

/** Once round: each point, and any moment after every fifth. */
const deathsWanted = 330;

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
  'before snoozing/timers#1',
  'before ending the quiet/timer done#1',
  'before handing over/page row#1',
  'before assigning/log#1',
  'before setting the severity/log#1',
  'before moving on/timer done#1',
  'mail taken#2',
  'before escalating/hold#1',
  'before summarising/release of the held#1',
  'before answering/log#1',
  'before calling outside/log#1',
  'before verifying/commit#1',
  'before watching/timer done#1',
  'before closing/incident row#1',
  'before reviewing/log#1',
  'after opening again/commit#1',
  'before splitting/incident row#2',
  'before ending by word/timers#1',
  'before merging/log#2',
];

test('killed -9 at every transition and between every two writes, and while a page is sent: none is lost, and a repeat was in doubt and is marked', async () => {
  const matrix = await runMatrix({ program, grounds, wanted: deathsWanted });
  process.stdout.write(`${countDeaths(matrix)}\n`);
  const { points, deaths } = matrix;
  expect(points).toEqual(expect.arrayContaining(wanted));
  expect(deaths.flatMap((one) => one.broken.map((what) => `${one.point}: ${what}`))).toEqual([]);
  expect(deaths.filter((one) => one.died)).toHaveLength(deathsWanted);
  const died = new Set(deaths.filter((one) => one.died).map((one) => phaseOf(one.point)));
  expect(phases.map(({ name }) => name).filter((name) => !died.has(name))).toEqual([]);
  // The order in which two messages go out at once is nobody's: a life may come by one point less.
  expect(neverHit(matrix).length).toBeLessThan(points.length / 20);
  expect(deaths.filter((one) => one.repeats > 0).length).toBeGreaterThan(2);
}, 900_000);
