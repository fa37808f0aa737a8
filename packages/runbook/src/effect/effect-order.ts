import type { Effect } from '../plan.ts';

const ORDER: Effect[] = ['read', 'create-temp', 'mutate', 'destroy'];

/** True when `effect` does more harm than `other`. */
export function isStronger(effect: Effect, other: Effect): boolean {
  return ORDER.indexOf(effect) > ORDER.indexOf(other);
}

/** The strongest of several effects; `read` when there are none. */
export function strongest(effects: Effect[]): Effect {
  return effects.reduce((worst, effect) => (isStronger(effect, worst) ? effect : worst), 'read');
}
