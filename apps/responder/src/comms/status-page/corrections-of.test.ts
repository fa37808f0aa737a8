import { expect, it } from 'vitest';
import { correctionsOf } from './corrections-of.ts';

const components = [{ id: 'data', covers: { functions: [], services: [], zones: [] } }];
type Facts = Parameters<typeof correctionsOf>[0][number];
const ended: Facts = {
  correction: { startAt: 100, endAt: null },
  impactStartAt: 200,
  impactEndAt: 900,
  endedAt: 1000,
  assessments: [],
  isDrill: false,
  isMerged: false,
};

it('harm that "goes on" has ended with the incident', () => {
  const said = correctionsOf([ended], components, 50_000).get('data');
  expect(said).toEqual([{ measured: { from: 200, to: 900 }, corrected: { from: 100, to: 900 } }]);
  const closed = { ...ended, impactEndAt: null };
  expect(correctionsOf([closed], components, 50_000).get('data')?.[0]?.corrected.to).toBe(1000);
  const goesOn = { ...closed, endedAt: null };
  expect(correctionsOf([goesOn], components, 50_000).get('data')?.[0]?.corrected.to).toBe(50_000);
});

it('a drill and a merged incident say nothing of how the service stood', () => {
  expect(
    correctionsOf(
      [
        { ...ended, isDrill: true },
        { ...ended, isMerged: true },
      ],
      components,
      1,
    ).size,
  ).toBe(0);
});
