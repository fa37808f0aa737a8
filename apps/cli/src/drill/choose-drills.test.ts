import { expect, it } from 'vitest';
import { chooseDrills, isSeeing } from './choose-drills.ts';
import { control, outage } from './drill-spec.ts';

const known = [
  outage({ name: 'a', title: 'a', expected: { severity: 'P0', causes: [] } }),
  outage({ name: 'b', title: 'b', expected: { severity: null, causes: [] } }),
  control({ name: 'c', title: 'c', fault: 'control:c' }),
];
const names = (...args: Parameters<typeof chooseDrills> extends [unknown, ...infer Rest] ? Rest : never) =>
  chooseDrills(known, ...args).map((one) => one.name);

it('means one, all, or some; with approvals only what harms somebody', () => {
  expect(names('b', {})).toEqual(['b']);
  expect(names(undefined, { all: true })).toEqual(['a', 'b', 'c']);
  expect(names(undefined, { all: true, only: 'c, a' })).toEqual(['c', 'a']);
  expect(names(undefined, { all: true, approve: true })).toEqual(['a']);
});

it('says what is known when a name is not', () => {
  expect(() => names('z', {})).toThrow('drill z: not known; expected one of a, b, c, or --all');
  expect(() => names(undefined, { all: true, only: 'a,z' })).toThrow('drill z: not known');
  expect(() => names('a', { all: true })).toThrow('drill a: not expected beside --all; use --only a');
  expect(() => names('a', { only: 'b' })).toThrow('--only b: not expected without --all');
});

it('refuses approvals for what harms nobody', () => {
  expect(() => names('b', { approve: true })).toThrow('drill b: nothing to approve');
  expect(() => names(undefined, { all: true, only: 'a,c', approve: true })).toThrow(
    'drill c: nothing to approve',
  );
});

it('judges seeing only where nothing is approved and nothing heals by itself, or where it is asked to', () => {
  const [lasting] = known;
  const healing = known.slice(2);
  if (lasting === undefined) throw new Error('no drill');
  expect(isSeeing([lasting], {})).toBe(true);
  expect(isSeeing(healing, {})).toBe(false);
  expect(isSeeing(healing, { all: true })).toBe(true);
  expect(isSeeing(healing, { seeing: true, record: 'x' })).toBe(true);
  expect(isSeeing([lasting], { approve: true })).toBe(false);
  expect(() => isSeeing([lasting], { approve: true, seeing: true })).toThrow('--seeing: not expected');
  expect(() => isSeeing([lasting], { approve: true, record: 'x' })).toThrow('--record x: expected with');
  expect(() => isSeeing([lasting], { killResponder: '2s' })).toThrow('--kill-responder: not expected');
});
