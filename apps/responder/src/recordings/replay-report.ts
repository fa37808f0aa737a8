import type { EpochMs } from '#facts';
import type { ConcludedIncident, ConcludedNotice, Conclusion } from './conclude.ts';
import type { RecordingMeta } from './recording.ts';
import { type SaidCause, sortCauses } from './said-causes.ts';

/** A cause, with when it was first said, milliseconds after the injection. */
export interface ReportedCause {
  readonly id: string;
  readonly subject: string;
  readonly confidence: number;
  readonly for: readonly string[];
  readonly against: readonly string[];
  readonly saidAfterInjectionMs: number;
}

export interface ReportedIncident {
  readonly openedAt: string;
  /** From the first harmful sample; null when nothing failed. */
  readonly detectedAfterMs: number | null;
  readonly detectedAfterInjectionMs: number;
  readonly severity: string | null;
  readonly severityReason: string;
  readonly tenants: readonly string[];
  readonly diagnosis: string | null;
  readonly subject: string | null;
  readonly confidence: number | null;
  /** Each that is held true, surest first. */
  readonly diagnoses: readonly ReportedCause[];
  /** Held for a short time and given up. */
  readonly dropped: readonly ReportedCause[];
  readonly restoredAfterInjectionMs: number | null;
}

export interface ReportedNotice {
  readonly at: string;
  readonly afterInjectionMs: number;
  readonly reason: string;
  readonly diagnoses: readonly ReportedCause[];
  readonly dropped: readonly ReportedCause[];
}

/** What would have been concluded of one recording, and when; `tocsin replay --json` prints it. */
export interface ReplayReport {
  readonly recording: string;
  readonly kind: RecordingMeta['kind'];
  readonly incidents: readonly ReportedIncident[];
  readonly notices: readonly ReportedNotice[];
}

/** Puts a conclusion into the words of the report. Pure. */
export function reportOf(
  meta: Pick<RecordingMeta, 'name' | 'kind' | 'injectedAt'>,
  { incidents, notices }: Conclusion,
): ReplayReport {
  const { injectedAt } = meta;
  return {
    recording: meta.name,
    kind: meta.kind,
    incidents: incidents.map((one) => incidentOf(one, injectedAt)),
    notices: notices.map((one) => noticeOf(one, injectedAt)),
  };
}

const iso = (at: EpochMs): string => new Date(at).toISOString();

function incidentOf(one: ConcludedIncident, injectedAt: EpochMs): ReportedIncident {
  const causes = causesOf(one, injectedAt);
  const [best] = causes.diagnoses;
  return {
    openedAt: iso(one.openedAt),
    detectedAfterMs: one.impactStartAt === null ? null : one.openedAt - one.impactStartAt,
    detectedAfterInjectionMs: one.openedAt - injectedAt,
    severity: one.severity,
    severityReason: one.severityReason,
    tenants: one.tenants,
    diagnosis: best?.id ?? null,
    subject: best?.subject ?? null,
    confidence: best?.confidence ?? null,
    ...causes,
    restoredAfterInjectionMs: one.restoredAt === null ? null : one.restoredAt - injectedAt,
  };
}

function noticeOf(one: ConcludedNotice, injectedAt: EpochMs): ReportedNotice {
  return {
    at: iso(one.at),
    afterInjectionMs: one.at - injectedAt,
    reason: one.reason,
    ...causesOf(one, injectedAt),
  };
}

function causesOf({ said }: Pick<ConcludedIncident, 'said'>, injectedAt: EpochMs) {
  const { standing, dropped } = sortCauses(said);
  const causeOf = ({ firstAt, lastAt: _lastAt, looks: _looks, ...cause }: SaidCause): ReportedCause => ({
    ...cause,
    saidAfterInjectionMs: firstAt - injectedAt,
  });
  return { diagnoses: standing.map(causeOf), dropped: dropped.map(causeOf) };
}
