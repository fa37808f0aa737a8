import type { PreCheck } from './pre-check.ts';

/** At least half of the deployment's other pods are ready, and at least half of the nodes. */
export const fleetHealthy: PreCheck = {
  name: 'fleet-healthy',
  before: ['cordon', 'drain'],
  check({ live, change }) {
    const node = 'node' in change ? change.node : null;
    const others = live.servicePods.filter((pod) => pod.nodeName !== node && pod.deletionAt === null);
    const readyPods = others.filter((pod) => pod.ready).length;
    const readyNodes = live.nodes.filter((one) => one.ready === 'True' && one.name !== node).length;
    const otherNodes = live.nodes.filter((one) => one.name !== node).length;
    const podsOk = others.length > 0 && readyPods * 2 >= others.length;
    const nodesOk = otherNodes > 0 && readyNodes * 2 >= live.nodes.length;
    return {
      ok: podsOk && nodesOk,
      text: `${readyPods} of ${others.length} other pods of the service are ready, ${readyNodes} of ${live.nodes.length} nodes are ready without this one; at least half of each is needed`,
    };
  },
};
