import type { Incident } from '../incident.ts';

/**
 * What the measurements say of an incident's harm, where they judge it; null where nothing does: it was only declared, was split off, or
 * the probes are blind.
 */
export function whatIsMeasured({ detached, confirmedAt, assessment }: Incident): string | null {
  if (detached || assessment.blind === true) return null;
  return confirmedAt === null && assessment.verdict !== 'confirmed' ? null : assessment.reason;
}
