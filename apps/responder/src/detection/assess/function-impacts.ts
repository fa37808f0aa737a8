import type { Facts } from '#facts';
import type { FunctionImpact } from '../assessment.ts';
import type { Thresholds } from '../thresholds.ts';
import { limits } from './limits.ts';
import { endedAfter, measure } from './measure.ts';

/** Harm of each probed function as clients see it over the last 10 s; a function without a probe yet counts 0 requests. */
export function functionImpacts(
  facts: Facts,
  { errorRatio, latency }: Thresholds,
): readonly FunctionImpact[] {
  const { functions = [] } = facts.service;
  if (functions.length === 0) return [];
  const recent = Map.groupBy(endedAfter(facts.probes, facts.at - limits.shortWindowMs), (one) => one.target);
  return functions.map(({ name, critical }) => {
    const { requests, failed, ratio } = measure(recent.get(name) ?? [], latency?.percentile ?? 95);
    const harmed = errorRatio !== null && failed >= limits.minTenantFailures && ratio > errorRatio;
    return { name, critical, requests, failed, harmed };
  });
}
