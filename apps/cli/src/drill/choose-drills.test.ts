import { expect, it } from 'vitest';
import { chooseDrills } from './choose-drills.ts';
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
