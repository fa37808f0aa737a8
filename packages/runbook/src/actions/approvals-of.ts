import type { Effect } from '../plan.ts';

/** People who have to say yes, by what a command does. */
export const approvalsOf: Readonly<Record<Effect, number>> = {
  read: 0,
  'create-temp': 1,
  mutate: 1,
  destroy: 2,
};
