import { evictable, selects } from '../live-view.ts';
import type { PreCheck } from './pre-check.ts';

/** Each disruption budget over pods of the node allows at least one eviction now; the drain waits for the others. */
export const disruptionBudgetAllows: PreCheck = {
  name: 'disruption-budget-allows',
  before: ['drain'],
  check({ live }) {
    const pods = evictable(live.nodePods).filter((pod) => pod.deletionAt === null);
    const touched = live.budgets
      .map((budget) => ({
        budget,
        count: pods.filter((pod) => pod.namespace === budget.namespace && selects(budget.selector, pod))
          .length,
      }))
      .filter((one) => one.count > 0);
    const text = touched
      .map(
        ({ budget, count }) =>
          `${budget.name}: ${count} on this node, ${budget.disruptionsAllowed} may go now`,
      )
      .join('; ');
    return {
      ok: touched.every(({ budget }) => budget.disruptionsAllowed > 0),
      text: text === '' ? 'no disruption budget covers a pod of this node' : text,
    };
  },
};
