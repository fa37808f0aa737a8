import type { SeverityId } from '#detection';
import type { Plan } from '@tocsin/runbook';

/** 0 is the worst; the document lists its severities from the worst down. Unknown ids rank last. */
export function severityRank(plan: Plan, severity: SeverityId): number {
  const rank = plan.severities.findIndex((one) => one.id === severity);
  return rank === -1 ? plan.severities.length : rank;
}

export function isWorse(plan: Plan, one: SeverityId, other: SeverityId): boolean {
  return severityRank(plan, one) < severityRank(plan, other);
}

/** The worse of two, where the second may be missing. */
export function worse(plan: Plan, one: SeverityId, other: SeverityId | null): SeverityId {
  return other !== null && isWorse(plan, other, one) ? other : one;
}
