import type { Assessment } from './assessment.ts';

/** What makes an assessment news: equal keys differ in numbers only. */
export function assessmentKey(assessment: Assessment): string {
  const { verdict, severity, restored, confirmedBy, signals, zones, tenants } = assessment;
  const keys = signals.map((one) => one.key).toSorted();
  const harm = tenants.map((one) => `${one.tenant}=${one.harm}`);
  return JSON.stringify([verdict, severity, restored, confirmedBy, keys, zones, harm]);
}
