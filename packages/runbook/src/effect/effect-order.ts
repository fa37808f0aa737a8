import type { Effect } from '../plan.ts';

const ORDER: Effect[] = ['read', 'create-temp', 'mutate', 'destroy'];

/** The strongest of several effects; `read` when there are none. */
export function strongest(effects: Effect[]): Effect {
  return effects.reduce(
    (worst, effect) => (ORDER.indexOf(effect) > ORDER.indexOf(worst) ? effect : worst),
    'read',
  );
}
