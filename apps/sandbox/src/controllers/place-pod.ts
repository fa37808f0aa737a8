import { matchesSelector, quantity } from '#store';
import type { Node, Pod, PodSpec, TopologySpreadConstraint } from '#store';
import { isActive, isFinished } from './pod-facts.ts';
import { untolerated } from './tolerations.ts';

/** A node for a pod, or how many nodes were ruled out by which reason. */
export type Placement = { nodeName: string } | { reasons: Map<string, number> };

/** Picks the node for a pod as Kubernetes' scheduler would: first what rules nodes out, then what speaks for one. */
export function placePod(pod: Pod, nodes: readonly Node[], pods: readonly Pod[]): Placement {
  const reasons = new Map<string, number>();
  const fitting: Node[] = [];
  for (const node of nodes) {
    const reason = obstacle(pod, node, { nodes, pods });
    if (reason === undefined) fitting.push(node);
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const scored = fitting.map((node) => ({ node, cost: cost(pod, node, { nodes, pods }) }));
  const [best] = scored.toSorted(
    (a, b) => a.cost - b.cost || (a.node.metadata.name < b.node.metadata.name ? -1 : 1),
  );
  return best === undefined ? { reasons } : { nodeName: best.node.metadata.name };
}

interface Cluster {
  nodes: readonly Node[];
  pods: readonly Pod[];
}

/** What may rule a node out, in the order in which Kubernetes asks. */
const FILTERS: readonly ((pod: Pod, node: Node, cluster: Cluster) => string | false)[] = [
  (_pod, node) => node.spec.unschedulable === true && 'node(s) were unschedulable',
  repelledByTaint,
  (pod, node) => !matchesNode(pod.spec, node) && "node(s) didn't match Pod's node affinity/selector",
  (pod, node, { pods }) => shortage(pod, node, pods),
  (pod, node, cluster) =>
    breaksSpread(pod, node, cluster) && "node(s) didn't match pod topology spread constraints",
];

function obstacle(pod: Pod, node: Node, cluster: Cluster): string | undefined {
  for (const filter of FILTERS) {
    const reason = filter(pod, node, cluster);
    if (reason !== false) return reason;
  }
  return undefined;
}

function repelledByTaint(pod: Pod, node: Node): string | false {
  const taint = untolerated(node.spec.taints ?? [], pod.spec.tolerations ?? [], ['NoSchedule', 'NoExecute']);
  return taint !== undefined && `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`;
}

function breaksSpread(pod: Pod, node: Node, cluster: Cluster): boolean {
  const hard = (pod.spec.topologySpreadConstraints ?? []).filter(
    (one) => one.whenUnsatisfiable !== 'ScheduleAnyway',
  );
  return hard.some((one) => skewOn(one, node, cluster, pod) + 1 > one.maxSkew);
}

function matchesNode({ nodeSelector = {} }: PodSpec, node: Node): boolean {
  return matchesSelector(node.metadata.labels, { matchLabels: nodeSelector });
}

function shortage(pod: Pod, node: Node, pods: readonly Pod[]): string | false {
  const here = pods.filter((other) => other.spec.nodeName === node.metadata.name && !isFinished(other));
  const capacity = node.status?.allocatable ?? {};
  if (here.length + 1 > quantity(capacity['pods'] ?? '110')) return 'Too many pods';
  const short = ['cpu', 'memory'].find((name) => {
    const wanted = [pod, ...here].reduce((sum, one) => sum + requested(one, name), 0);
    return wanted > quantity(capacity[name] ?? '1e18');
  });
  return short !== undefined && `Insufficient ${short}`;
}

function requested(pod: Pod, name: string): number {
  return pod.spec.containers.reduce((sum, { resources }) => sum + quantity(resources?.requests?.[name]), 0);
}

/** Pods that a constraint names in the same zone (or host) as a node. */
function countInDomain(
  { topologyKey, labelSelector }: TopologySpreadConstraint,
  node: Node,
  { nodes, pods }: Cluster,
  pod: Pod,
): number {
  const domainOf = (one: Node): string | undefined => one.metadata.labels?.[topologyKey];
  const same = nodes.filter((other) => domainOf(other) === domainOf(node));
  const names = new Set<string | undefined>(same.map(({ metadata }) => metadata.name));
  return pods.filter(
    (other) =>
      isActive(other) &&
      other.metadata.namespace === pod.metadata.namespace &&
      names.has(other.spec.nodeName) &&
      matchesSelector(other.metadata.labels, labelSelector),
  ).length;
}

/** How far a node's domain is already above the emptiest one. */
function skewOn(constraint: TopologySpreadConstraint, node: Node, cluster: Cluster, pod: Pod): number {
  const counts = cluster.nodes.map((other) => countInDomain(constraint, other, cluster, pod));
  return countInDomain(constraint, node, cluster, pod) - Math.min(...counts);
}

/** Less is better: spread asked for by the pod weighs most, then pods of the same owner, then requests, then pods. */
function cost(pod: Pod, node: Node, cluster: Cluster): number {
  const here = cluster.pods.filter((other) => other.spec.nodeName === node.metadata.name && isActive(other));
  const spread = (pod.spec.topologySpreadConstraints ?? []).reduce(
    (sum, one) => sum + skewOn(one, node, cluster, pod),
    0,
  );
  const owner = pod.metadata.ownerReferences?.[0]?.uid;
  const siblings = here.filter(
    (other) => owner !== undefined && other.metadata.ownerReferences?.[0]?.uid === owner,
  );
  const memory = here.reduce((sum, other) => sum + requested(other, 'memory'), 0) / 2 ** 30;
  return spread * 1_000 + siblings.length * 100 + memory * 10 + here.length;
}
