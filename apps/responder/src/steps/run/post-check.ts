import type { Check } from '#incidents';
import { evictable, type LiveView } from '../live-view.ts';
import type { Change } from '../prepare/change.ts';

/** What was noted before a change, to see its effect by. */
export interface Before {
  /** Generation of the workload that is rolled out. */
  readonly generation: number | null;
}

/** What the cluster shows of a change's effect, on fresh reads. An empty list says that nothing can be seen of it. */
export function postCheck(change: Change, live: LiveView, before: Before): readonly Check[] {
  switch (change.kind) {
    case 'cordon':
      return [schedulable(change.node, live, false)];
    case 'uncordon':
      return [schedulable(change.node, live, true)];
    case 'drain':
      return [
        schedulable(change.node, live, false),
        podsGone(live),
        endpointsFree(change.node, live),
        replaced(change.node, live),
      ];
    case 'rollout-restart':
    case 'rollout-undo':
    case 'memory-limit':
      return restarted(live, before);
    case 'delete-policy':
      return [policyGone(change.policy.name, live)];
    case 'other':
      return [];
    default:
      return change satisfies never;
  }
}

/** True when there is something to see and all of it holds. */
export function holds(checks: readonly Check[]): boolean {
  return checks.length > 0 && checks.every((check) => check.ok);
}

function schedulable(name: string, live: LiveView, wanted: boolean): Check {
  const node = live.nodes.find((one) => one.name === name);
  const ok = node !== undefined && node.unschedulable !== wanted;
  const state =
    node === undefined
      ? 'is not in the node list'
      : node.unschedulable
        ? 'takes no new pods'
        : 'takes new pods';
  return { name: wanted ? 'node-schedulable' : 'node-cordoned', ok, text: `${name} ${state}` };
}

/** Unread policies show nothing: they do not count as gone. */
function policyGone(name: string, { policies }: LiveView): Check {
  const gone = policies !== null && !policies.some((one) => one.name === name);
  const text =
    policies === null
      ? 'policies may not be read'
      : `networkpolicy/${name} is ${gone ? 'gone' : 'still there'}`;
  return { name: 'policy-gone', ok: gone, text };
}

function podsGone(live: LiveView): Check {
  const left = evictable(live.nodePods).filter((pod) => pod.deletionAt === null);
  const leaving = evictable(live.nodePods).length - left.length;
  const text =
    left.length === 0
      ? `every pod that a drain evicts is gone or terminating (${leaving} terminating)`
      : `still there: ${left.map((pod) => pod.name).join(', ')}`;
  return { name: 'pods-evicted', ok: left.length === 0, text };
}

function endpointsFree(node: string, live: LiveView): Check {
  const left = live.endpoints.filter((one) => one.nodeName === node && one.ready && !one.terminating);
  const elsewhere = live.endpoints.filter((one) => one.nodeName !== node && one.ready).length;
  return {
    name: 'endpoints-free',
    ok: left.length === 0,
    text:
      left.length === 0
        ? `no ready endpoint on ${node}, ${elsewhere} elsewhere`
        : `${left.length} ready endpoints still on ${node}`,
  };
}

/** Exist, not ready: a replacement that has yet to start is on its way. */
function replaced(node: string, live: LiveView): Check {
  const wanted = live.deployment?.replicas ?? 0;
  const elsewhere = live.servicePods.filter(
    (pod) =>
      pod.nodeName !== node && pod.deletionAt === null && pod.phase !== 'Failed' && pod.phase !== 'Succeeded',
  );
  const ready = elsewhere.filter((pod) => pod.ready).length;
  return {
    name: 'replacements-exist',
    ok: elsewhere.length >= wanted,
    text: `${elsewhere.length} of ${wanted} pods of the service are elsewhere, ${ready} of them ready`,
  };
}

function restarted(live: LiveView, before: Before): readonly Check[] {
  const one = live.workload;
  if (one === null) return [{ name: 'workload-there', ok: false, text: 'the workload is not there' }];
  const newer = before.generation !== null && one.generation > before.generation;
  const seen = one.observedGeneration >= one.generation;
  const converged = seen && one.updatedReplicas >= one.replicas && one.availableReplicas >= one.replicas;
  return [
    {
      name: 'change-written',
      ok: newer,
      text: `generation ${before.generation ?? 'unknown'} before, ${one.generation} now`,
    },
    {
      name: 'rollout-converged',
      ok: converged,
      text: `${one.updatedReplicas} of ${one.replicas} pods updated, ${one.availableReplicas} available, generation ${one.observedGeneration} seen`,
    },
  ];
}
