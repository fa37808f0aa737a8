import { isReady, type Pod } from '#store';

/**
 * The pods to delete when there are too many, in Kubernetes' order: unscheduled first, then pending, then not ready,
 * then those that share a node with others, then the youngest.
 */
export function chooseVictims(pods: readonly Pod[], count: number): Pod[] {
  const perNode = Map.groupBy(pods, (pod) => pod.spec.nodeName);
  const rank = (pod: Pod): readonly number[] => [
    pod.spec.nodeName === undefined ? 0 : 1,
    pod.status?.phase === 'Running' ? 1 : 0,
    isReady(pod) ? 1 : 0,
    -(perNode.get(pod.spec.nodeName)?.length ?? 0),
    -Date.parse(pod.metadata.creationTimestamp ?? ''),
  ];
  return pods.toSorted((a, b) => compare(rank(a), rank(b))).slice(0, Math.max(0, count));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
