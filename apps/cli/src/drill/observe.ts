import type { IncidentView } from '@tocsin/contract';
import type { NamedCause } from './judge-causes.ts';
import type { DrillObservation } from './score.ts';

export interface ObserveInput {
  readonly incident: IncidentView | null;
  readonly incidents: number;
  /** Tenants that were harmed at some time. */
  readonly harmed: readonly string[];
  /** What explained the outage while it was there. */
  readonly named: readonly NamedCause[];
  /** Epoch milliseconds of the injection; all times count from it. */
  readonly injectedAtMs: number;
  readonly injectedSubject: string;
  /** Whether the drill's people approve; a person may do so in their place. */
  readonly approved: boolean;
  readonly liftedAtLimit: boolean;
  /** Why nobody was asked for a change, as said before the drill lifted the fault. */
  readonly noStep: string | null;
  readonly mail: { readonly lost: number; readonly duplicates: number };
  readonly clientErrorRatioAfter: number | null;
}

/** What the incident tells about the drill. Pure. */
export function observe(input: ObserveInput): DrillObservation {
  const { incident, mail } = input;
  const common = {
    injectedSubject: input.injectedSubject,
    approved: input.approved || (incident?.steps ?? []).some((step) => step.startedAt !== null),
    liftedAtLimit: input.liftedAtLimit,
    noStep: input.noStep,
    stepsRun: (incident?.steps ?? [])
      .filter((step) => step.startedAt !== null)
      .map(({ actionId, status }) => ({ actionId, status })),
    incidents: input.incidents,
    clientErrorRatioAfter: input.clientErrorRatioAfter,
    duplicatePages: mail.duplicates,
  };
  if (incident === null) return { ...nothing, ...common, lostPages: mail.lost };
  const after = (at: string | null): number | null =>
    at === null ? null : Date.parse(at) - input.injectedAtMs;
  const { times } = incident;
  return {
    ...common,
    severity: incident.worstSeverity,
    tenants: input.harmed,
    diagnoses: input.named,
    detectedAfterMs: after(times.detectedAt),
    pagedAfterMs: after(firstDelivery(incident)),
    evidenceAfterMs: after(times.evidenceCompleteAt),
    mitigatedAfterMs: after(times.mitigatedAt),
    mitigatedBy: input.liftedAtLimit ? 'drill' : times.mitigatedBy,
    recoveredAfterMs: after(times.verifiedAt),
    stable: times.stableAt !== null,
    pages: incident.pages.length,
    lostPages: mail.lost + incident.pages.filter((page) => page.state === 'failed').length,
  };
}

const nothing = {
  severity: null,
  tenants: [],
  diagnoses: [],
  detectedAfterMs: null,
  pagedAfterMs: null,
  evidenceAfterMs: null,
  mitigatedAfterMs: null,
  mitigatedBy: null,
  recoveredAfterMs: null,
  stable: false,
  pages: 0,
} as const;

function firstDelivery(incident: IncidentView): string | null {
  const delivered = incident.pages.map((page) => page.deliveredAt).filter((at) => at !== null);
  return delivered.toSorted()[0] ?? null;
}
