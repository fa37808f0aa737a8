import { evictable, type LiveView } from '../live-view.ts';
import type { Change } from './change.ts';

/** What a change does to what runs, in words with numbers. */
export function blastRadius(change: Change, live: LiveView): string {
  switch (change.kind) {
    case 'cordon':
      return `${change.node}: takes no new pods; ${ofService(change.node, live)} and ${others(change.node, live)} stay where they are`;
    case 'uncordon':
      return `${change.node}: takes new pods again; nothing moves`;
    case 'drain':
      return `${change.node}: ${ofService(change.node, live)} and ${others(change.node, live)} are evicted`;
    case 'rollout-restart': {
      const { kind, name } = change.workload;
      const count = live.workload?.replicas ?? 0;
      return `${kind}/${name}: all ${count} pods are replaced one after another`;
    }
    case 'other':
      return `as the command says; target: ${change.target || 'unknown'}`;
    default:
      return change satisfies never;
  }
}

function ofService(node: string, live: LiveView): string {
  const pods = live.servicePods.filter((pod) => pod.deletionAt === null);
  const here = pods.filter((pod) => pod.nodeName === node).length;
  return `${here} of ${pods.length} API pods`;
}

function others(node: string, live: LiveView): string {
  const ours = new Set(live.servicePods.filter((pod) => pod.nodeName === node).map((pod) => pod.uid));
  const count = evictable(live.nodePods).filter((pod) => !ours.has(pod.uid)).length;
  return `${count} other ${count === 1 ? 'pod' : 'pods'}`;
}
