import { expect, it } from 'vitest';
import type { Diagnosis } from '#diagnosis';
import { nothingSaid, say, sortCauses } from './said-causes.ts';

const cause = (id: Diagnosis['id'], confidence: number): Diagnosis => ({
  id,
  subject: 'deployment/api',
  confidence,
  for: [`${id} at ${confidence}`],
  against: [],
  settles: [],
});

/** Looks one second apart. */
const said = (...looks: readonly (readonly Diagnosis[])[]) =>
  looks.reduce((before, diagnoses, i) => say(before, diagnoses, i * 1000), nothingSaid);

it('keeps a cause as it was said at its surest, and since when', () => {
  const { standing } = sortCauses(
    said([cause('crash-loop', 0.6)], [cause('crash-loop', 0.95)], [cause('crash-loop', 0.8)]),
  );
  expect(standing).toMatchObject([
    { confidence: 0.95, for: ['crash-loop at 0.95'], firstAt: 0, lastAt: 2000, looks: 3 },
  ]);
});

it('tells what stood from what was given up soon, and passes over "unknown"', () => {
  const steady = cause('memory-exhaustion', 0.9);
  const looks = [
    [cause('unknown', 0)],
    [cause('crash-loop', 0.8)],
    ...Array.from({ length: 5 }, () => [steady]),
  ];
  const { standing, dropped } = sortCauses(said(...looks));
  expect(standing.map((one) => one.id)).toEqual(['memory-exhaustion']);
  expect(dropped.map((one) => one.id)).toEqual(['crash-loop']);
});
