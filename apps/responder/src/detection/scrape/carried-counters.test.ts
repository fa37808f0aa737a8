import { expect, it } from 'vitest';
import { carriedCounters } from './carried-counters.ts';
import type { PodCounters } from './pod-counters.ts';
import { requestMetrics, type Scrape } from './request-metrics.ts';

const pods = new Set(['api-1']);
const counted = (requests: number, errors: number): PodCounters => ({
  tenants: new Map([['t1', { requests, errors, buckets: { bounds: [], counts: [] } }]]),
  pool: null,
});
const round = (at: number, counters: PodCounters | null): Scrape => ({
  at,
  pods: new Map(counters === null ? [] : [['api-1', counters]]),
  missing: [],
  missed: new Set(),
  fresh: new Set(),
});

/** Errors of the last window, after rounds five seconds apart; null is a round that the pod did not answer. */
function errorsAfter(...rounds: (PodCounters | null)[]): number | undefined {
  let before: Scrape | null = null;
  let errors: number | undefined;
  for (const [i, counters] of rounds.entries()) {
    const scrape = round(i * 5000, counters);
    errors = before === null ? undefined : requestMetrics(before, scrape).tenants[0]?.errors;
    before = carriedCounters(before, scrape, pods);
  }
  return errors;
}

it('counts what a pod did over one missed round', () => {
  expect(errorsAfter(counted(10, 0), null, counted(20, 4))).toBe(4);
});

it('begins anew with a pod that was silent for longer: it was frozen, and counts now what hung then', () => {
  expect(errorsAfter(counted(10, 0), null, null, null, counted(200, 150))).toBeUndefined();
  expect(errorsAfter(counted(10, 0), null, null, null, counted(200, 150), counted(210, 150))).toBe(0);
});
