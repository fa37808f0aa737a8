import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { facts, later, now, read, tenants } from '../../../test/facts/build-facts.ts';
import { standardThresholds } from '../../../test/standard-thresholds.ts';
import type { ProbeSample } from '#facts';
import { assess } from './assess.ts';
import { emptyMemory } from './memory.ts';

const outcomes = ['ok', 'ok', 'ok', 'http-error', 'timeout', 'refused', 'aborted'] as const;

function samples(among: readonly ProbeSample['outcome'][]): fc.Arbitrary<readonly ProbeSample[]> {
  const one = fc.record({
    agoMs: fc.integer({ min: 0, max: 80_000 }),
    tenant: fc.constantFrom(...tenants, null),
    outcome: fc.constantFrom(...among),
    durationMs: fc.integer({ min: 1, max: 900 }),
  });
  return fc.array(one, { maxLength: 200 }).map((list) =>
    list
      .map(({ agoMs, ...rest }) => ({
        ...rest,
        target: 'data',
        status: null,
        startedAt: now - agoMs - rest.durationMs,
        endedAt: now - agoMs,
      }))
      .toSorted((a, b) => a.endedAt - b.endedAt),
  );
}

it('never confirms without a failed or slow request, whatever the pods say', () => {
  const directReads = [read('a', 'timeout'), read('b', 'timeout'), read('c', 'http-error')];
  fc.assert(
    fc.property(samples(['ok', 'aborted']), (probes) => {
      const first = assess(facts({ probes, directReads }), standardThresholds, emptyMemory);
      const second = assess(later(facts({ probes, directReads }), 50_000), standardThresholds, first.memory);
      expect(first.assessment.verdict).not.toBe('confirmed');
      expect(second.assessment.verdict).not.toBe('confirmed');
    }),
  );
});

it('a higher limit never pages where a lower one does not', () => {
  const ratio = fc.double({ min: 0.01, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(samples(outcomes), ratio, ratio, (probes, one, other) => {
      const picture = facts({ probes, directReads: [read('a', 'timeout'), read('b', 'ok')] });
      const severityAt = (errorRatio: number) =>
        assess(picture, { ...standardThresholds, latency: null, errorRatio }, emptyMemory).assessment
          .severity;
      const strict = severityAt(Math.min(one, other));
      const lax = severityAt(Math.max(one, other));
      expect(strict !== null || lax === null).toBe(true);
    }),
  );
});

it('is a pure function: the same facts and memory give the same answer', () => {
  fc.assert(
    fc.property(samples(outcomes), (probes) => {
      const picture = facts({ probes });
      expect(assess(picture, standardThresholds, emptyMemory)).toEqual(
        assess(picture, standardThresholds, emptyMemory),
      );
    }),
  );
});
