import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProbeOutcome, ProbeSample } from '#facts';
import { addCounts, countMinutes } from './count-minutes.ts';

const probe = (endedAt: number, outcome: ProbeOutcome, target = 'data'): ProbeSample => ({
  startedAt: endedAt - 20,
  endedAt,
  target,
  tenant: null,
  outcome,
  status: outcome === 'ok' ? 200 : null,
  durationMs: 20,
});

const sorted = (counts: ReturnType<typeof countMinutes>) =>
  counts.toSorted((a, b) => a.minute - b.minute || a.function.localeCompare(b.function));

it('counts by function and minute; what we gave up ourselves says nothing', () => {
  const samples = [
    probe(59_999, 'ok'),
    probe(60_000, 'timeout'),
    probe(60_001, 'aborted'),
    probe(61_000, 'ok', 'login'),
  ];
  expect(countMinutes(samples, [])).toEqual([
    { function: 'data', minute: 0, good: 1, bad: 0, unknown: 0 },
    { function: 'data', minute: 60_000, good: 0, bad: 1, unknown: 1 },
    { function: 'login', minute: 60_000, good: 1, bad: 0, unknown: 0 },
  ]);
});

it('blames the service for nothing that failed while the control target was out of reach', () => {
  const controls = [
    { at: 1000, reachable: true },
    { at: 2000, reachable: false },
    { at: 3000, reachable: true },
  ];
  const samples = [probe(1500, 'timeout'), probe(2500, 'timeout'), probe(2600, 'ok'), probe(3500, 'timeout')];
  expect(countMinutes(samples, controls)).toEqual([
    { function: 'data', minute: 0, good: 1, bad: 2, unknown: 1 },
  ]);
});

it('adds up to the same in whatever portions it is counted', () => {
  const samples = fc.array(
    fc
      .record({
        at: fc.integer({ min: 0, max: 300_000 }),
        outcome: fc.constantFrom<ProbeOutcome>('ok', 'timeout', 'aborted', 'http-error'),
        target: fc.constantFrom('data', 'login'),
      })
      .map(({ at, outcome, target }) => probe(at, outcome, target)),
  );
  fc.assert(
    fc.property(samples, fc.nat(100), (all, cut) => {
      const parts = addCounts(countMinutes(all.slice(0, cut), []), countMinutes(all.slice(cut), []));
      expect(sorted(parts)).toEqual(sorted(countMinutes(all, [])));
      expect(parts.reduce((sum, one) => sum + one.good + one.bad + one.unknown, 0)).toBe(all.length);
    }),
  );
});
