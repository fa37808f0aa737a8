import { expect, it } from 'vitest';
import { ends, fires, write } from './fixtures/deliveries.ts';
import { UnappliedAlerts } from './unapplied-alerts.ts';

const namesIn = (unapplied: UnappliedAlerts) => unapplied.rows().map((row) => row.name);

it('shows grave alerts until their delivery is applied, by the last word about each', () => {
  const unapplied = new UnappliedAlerts();
  unapplied.stored(1, [fires(write('a'), write('plain', 99)), fires(write('b', 1))]);
  unapplied.stored(2, [ends('a')]);
  expect(namesIn(unapplied)).toEqual(['b']);
  unapplied.stored(3, [fires(write('a', 2))]);
  expect(unapplied.rows().map(({ name, rank }) => [name, rank])).toEqual([
    ['b', 1],
    ['a', 2],
  ]);
  unapplied.applied([1, 2]);
  expect(namesIn(unapplied)).toEqual(['a']);
  unapplied.applied([3]);
  expect(namesIn(unapplied)).toEqual([]);
});

it('holds no more of one severity than a person could look at, and never leaves out a graver one for it', () => {
  const unapplied = new UnappliedAlerts();
  unapplied.stored(1, [fires(...Array.from({ length: 400 }, (_, n) => write(`many-${n}`, 1)))]);
  unapplied.stored(2, [fires(write('grave', 0))]);
  expect(unapplied.rows()).toHaveLength(251);
  expect(namesIn(unapplied)).toContain('grave');
  unapplied.applied([1]);
  unapplied.stored(3, [fires(...Array.from({ length: 400 }, (_, n) => write(`more-${n}`, 1)))]);
  expect(unapplied.rows()).toHaveLength(251);
});
