import { expect, test } from 'vitest';
import { whyPagerIsIll } from './judge-pager.ts';

const hour = 3_600_000;

test.each([
  ['the newest has arrived', { createdAt: 0, arrivedAt: 30 }, hour],
  ['the newest is on its way', { createdAt: 0, arrivedAt: null }, 60_000],
])('well while %s', (_case, last, now) => {
  expect(whyPagerIsIll(last, hour, now)).toBeNull();
});

test.each([
  ['there never was one', null, 0, /ever/],
  ['it does not arrive', { createdAt: 0, arrivedAt: null }, 60_001, /61? s ago has not arrived|60 s ago/],
  [
    'none is sent any more',
    { createdAt: 0, arrivedAt: 30 },
    hour + 60_001,
    /for 61 minutes; expected one every 60/,
  ],
])('ill when %s', (_case, last, now, why) => {
  expect(whyPagerIsIll(last, hour, now)).toMatch(why);
});
