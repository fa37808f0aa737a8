import { expect, it } from 'vitest';
import { readingCapability } from './setpriv.ts';

it.each([
  [0x1ffffffffffn, '+dac_read_search'],
  // What Docker gives root by default.
  [0xa80425fbn, '+dac_override'],
  [0n, undefined],
])('capabilities %s allow %s', (effective, expected) => {
  expect(readingCapability(effective)).toBe(expected);
});
