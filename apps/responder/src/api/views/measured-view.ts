import type { DiagnosisView, SignalView, TenantView } from '@tocsin/contract';
import type { Signal, TenantImpact } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { EvidenceSummary } from '#incidents';
import { iso } from './iso.ts';
import { readsAbout } from './reads-about.ts';

const readsShown = 5;

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

/** With the reads of its subject, so that whoever doubts it can look. */
export function diagnosisView(diagnosis: Diagnosis, evidence: readonly EvidenceSummary[]): DiagnosisView {
  return {
    id: diagnosis.id,
    subject: diagnosis.subject,
    confidence: diagnosis.confidence,
    for: [...diagnosis.for],
    against: [...diagnosis.against],
    settles: [...diagnosis.settles],
    reads: readsAbout(diagnosis.subject, evidence)
      .slice(0, readsShown)
      .map(({ id, command }) => ({ id, command })),
  };
}
