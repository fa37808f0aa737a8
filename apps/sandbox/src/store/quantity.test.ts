import { expect, it } from 'vitest';
import { quantity } from './quantity.ts';

it.each([
  ['500m', 0.5],
  ['2', 2],
  ['256Mi', 268_435_456],
  ['1.5Gi', 1_610_612_736],
  ['1e3', 1_000],
  ['128M', 128_000_000],
])('%s is %d', (text, value) => {
  expect(quantity(text)).toBe(value);
});

it('takes an absent quantity for zero and does not guess at nonsense', () => {
  expect(quantity(undefined)).toBe(0);
  expect(quantity('12 apples')).toBeNaN();
});
