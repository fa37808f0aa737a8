import type { IncidentView } from '@tocsin/contract';
import type { NamedCause } from './judge-causes.ts';

/** What explains the outage, until a step has done what it was for: afterwards nothing is left to see of the cause. Pure. */
export function namedCauses(
  before: readonly NamedCause[],
  { diagnoses, steps }: Pick<IncidentView, 'diagnoses' | 'steps'>,
): readonly NamedCause[] {
  const isMended = steps.some((step) => step.status === 'succeeded');
  if (isMended && before.length > 0) return before;
  return diagnoses.map(({ id, subject, confidence }) => ({ id, subject, confidence }));
}
