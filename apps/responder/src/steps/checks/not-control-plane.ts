import type { PreCheck } from './pre-check.ts';

/** The node does not run the control plane. */
export const notControlPlane: PreCheck = {
  name: 'not-control-plane',
  before: ['cordon', 'drain'],
  check({ live, change }) {
    const name = 'node' in change ? change.node : '';
    const node = live.nodes.find((one) => one.name === name);
    if (node === undefined) return { ok: false, text: `node ${name} is not in the live node list` };
    return node.controlPlane
      ? { ok: false, text: `${name} runs the control plane` }
      : { ok: true, text: `${name} is a worker` };
  },
};
