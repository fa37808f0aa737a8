import type { Step } from '#incidents';
import type { StepsService } from '../ports.ts';

/** What a step must have for itself while it runs: its target, and for a destructive one the service. */
export function targetsOf(
  { target, effect }: Pick<Step, 'target' | 'effect'>,
  { id, namespace }: Pick<StepsService, 'id' | 'namespace'>,
): readonly string[] {
  const own = target.startsWith('node/') ? target : `${namespace}/${target}`;
  return effect === 'destroy' ? [own, `destroy/${id}`] : [own];
}
