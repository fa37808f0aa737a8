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
    case 'rollout-restart':
    case 'rollout-undo':
    case 'memory-limit':
      return ofRollout(change, live);
    case 'delete-policy':
      return ofPolicy(change.policy.name, live);
    case 'other':
      return `as the command says; target: ${change.target || 'unknown'}`;
    default:
      return change satisfies never;
  }
}

function ofPolicy(name: string, live: LiveView): string {
  const selector = live.policies?.find((one) => one.name === name)?.podSelector;
  if (selector === undefined || selector === null)
    return `networkpolicy/${name} is deleted; whom it shuts is not known`;
  const shut = live.servicePods.filter((pod) =>
    Object.entries(selector).every(([key, value]) => pod.labels[key] === value),
  );
  return `networkpolicy/${name} is deleted: ${shut.length} of ${live.servicePods.length} API pods are no longer shut by it; nothing restarts`;
}

type Rollout = Extract<Change, { workload: unknown }>;

function ofRollout(change: Rollout, live: LiveView): string {
  const { kind, name } = change.workload;
  const pods = `${kind}/${name}: all ${live.workload?.replicas ?? 0} pods are replaced`;
  if (change.kind === 'rollout-undo') return `${pods} by the release before`;
  if (change.kind === 'rollout-restart') return `${pods} one after another`;
  const limits = change.limits.map(({ container, text }) => `${container} ${text}`).join(', ');
  return `${pods} one after another, with another memory limit: ${limits}`;
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
