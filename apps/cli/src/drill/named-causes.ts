import type { IncidentView } from '@tocsin/contract';
import type { NamedCause } from './judge-causes.ts';

/**
 * What explains the outage, until a step has done what it was for: afterwards nothing is left to see of the cause. While one is at it,
 * that may be so already: no name is taken back. Pure.
 */
export function namedCauses(
  before: readonly NamedCause[],
  { diagnoses, steps }: Pick<IncidentView, 'diagnoses' | 'steps'>,
): readonly NamedCause[] {
  if (before.length > 0 && steps.some((step) => step.status === 'succeeded')) return before;
  const now = diagnoses.map(({ id, subject, confidence }) => ({ id, subject, confidence }));
  if (!steps.some((step) => step.status === 'running')) return now;
  const known = now.filter(({ id }) => id !== 'unknown');
  const isGone = (one: NamedCause): boolean =>
    one.id !== 'unknown' && known.every(({ id, subject }) => id !== one.id || subject !== one.subject);
  return before.length === 0 ? now : [...known, ...before.filter(isGone)];
}
