import type { IncidentView } from '@tocsin/contract';
import type { NamedCause } from './judge-causes.ts';

/**
 * What explains the outage, until a step has done what it was for: afterwards nothing is left to see of the cause. While one is at it,
 * that may be so already, and `unknown` takes no name back. Pure.
 */
export function namedCauses(
  before: readonly NamedCause[],
  { diagnoses, steps }: Pick<IncidentView, 'diagnoses' | 'steps'>,
): readonly NamedCause[] {
  const isMended = steps.some((step) => step.status === 'succeeded');
  if (isMended && before.length > 0) return before;
  const isUnderWay = steps.some((step) => step.status === 'running');
  if (isUnderWay && before.length > 0 && diagnoses.every(({ id }) => id === 'unknown')) return before;
  return diagnoses.map(({ id, subject, confidence }) => ({ id, subject, confidence }));
}
