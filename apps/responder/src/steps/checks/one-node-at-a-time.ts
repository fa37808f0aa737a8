import type { PreCheck } from './pre-check.ts';

/** No other node is cordoned: two at once may be one too many. */
export const oneNodeAtATime: PreCheck = {
  name: 'one-node-at-a-time',
  before: ['cordon', 'drain'],
  check({ live, change }) {
    const node = 'node' in change ? change.node : null;
    const cordoned = live.nodes
      .filter((one) => one.unschedulable && one.name !== node)
      .map((one) => one.name);
    return cordoned.length === 0
      ? { ok: true, text: 'no other node is cordoned' }
      : { ok: false, text: `already cordoned: ${cordoned.join(', ')}; one node at a time` };
  },
};
