import { evictable } from '../live-view.ts';
import type { PreCheck } from './pre-check.ts';

const blockingTaint = /:(?:NoSchedule|NoExecute)$/;

/** Some other node is ready and takes pods. Room by memory and processor is the scheduler's to judge and said so. */
export const podsFitElsewhere: PreCheck = {
  name: 'pods-fit-elsewhere',
  before: ['drain'],
  check({ live, change }) {
    const name = 'node' in change ? change.node : '';
    const homes = live.nodes.filter(
      (one) =>
        one.name !== name &&
        one.ready === 'True' &&
        !one.unschedulable &&
        !one.taints.some((taint) => blockingTaint.test(taint)),
    );
    const pressed = homes.filter((one) => one.pressures.length > 0).map((one) => one.name);
    const free = homes.length - pressed.length;
    const pods = evictable(live.nodePods).length;
    const moves = pods === 1 ? '1 pod' : `${pods} pods`;
    const takers = free === 1 ? '1 other node is ready and takes' : `${free} other nodes are ready and take`;
    const text = `${moves} would move; ${takers} pods${pressed.length > 0 ? ` (under pressure: ${pressed.join(', ')})` : ''}; room by memory is not counted`;
    return { ok: free > 0 || pods === 0, text };
  },
};
