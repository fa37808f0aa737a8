import type { Action } from '../../plan.ts';
import { actionRule } from '../rule.ts';

/** RB043: a pause waits too long on a good night and not long enough on a bad one. */
export const waitsBlindly = actionRule('RB043', 'warning', (action) => {
  const seconds = sleepSeconds(action);
  if (seconds === null) return null;
  return {
    message: `"${action.text}" waits blindly: too long on a good night, not long enough on a bad one`,
    suggestion: `kubectl wait --for=condition=Available deployment/NAME --timeout=${seconds}`,
  };
});

/** How long a `sleep` lasts, as kubectl writes it; null for any other action. */
export function sleepSeconds(action: Action): string | null {
  const [program, time] = action.pipeline?.[0] ?? [];
  if (program !== 'sleep' || action.pipeline?.length !== 1) return null;
  return /^\d+$/.test(time ?? '') ? `${time}s` : (time ?? '5m');
}
