import type { DiagnosisView, SignalView, TenantView } from '@tocsin/contract';
import type { Signal, TenantImpact } from '#detection';
import type { Diagnosis } from '#diagnosis';
import { iso } from './iso.ts';

export function signalView(signal: Signal): SignalView {
  return {
    key: signal.key,
    sourceClass: signal.sourceClass,
    detector: signal.detector,
    subject: signal.subject,
    since: iso(signal.since),
    summary: signal.summary,
  };
}

/** Tenants with the greatest harm first. */
export function tenantViews(tenants: readonly TenantImpact[]): TenantView[] {
  return tenants
    .map((one) => ({
      tenant: one.tenant,
      requests: one.requests,
      failed: one.failed,
      errorRatio: one.errorRatio,
      p95Ms: one.p95Ms,
      judged: one.judged,
      harm: one.harm,
    }))
    .toSorted((a, b) => b.errorRatio - a.errorRatio || a.tenant.localeCompare(b.tenant));
}

export function diagnosisView(diagnosis: Diagnosis): DiagnosisView {
  return {
    id: diagnosis.id,
    subject: diagnosis.subject,
    confidence: diagnosis.confidence,
    for: [...diagnosis.for],
    against: [...diagnosis.against],
    settles: [...diagnosis.settles],
  };
}
