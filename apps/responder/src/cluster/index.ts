export { createCluster, type Cluster, type ClusterOptions } from './create-cluster.ts';
export { createKubeApi } from './kube-api.ts';
export { KubeApiError } from './kube-api-error.ts';
export type {
  ActionAnswer,
  ActionOptions,
  ClusterActions,
  ObjectPatch,
  WorkloadRef,
} from './act/cluster-actions.ts';
export type { ClusterReads, LogOptions } from './read/cluster-reads.ts';
export type { DisruptionBudget } from './read/disruption-budget.ts';
export type { PodOnNode } from './read/pod-on-node.ts';
export type { Revision } from './read/revision.ts';
export type { Quota } from './read/quota.ts';
export { memoryBytes } from './map/memory-quantity.ts';
export { createFactStore, type FactStore } from './watch/fact-store.ts';
export type { ObjectFacts } from './watch/object-facts.ts';
export { followResource } from './watch/follow-resource.ts';
export { watchedResources, type ResourceName } from './watch/watched-resources.ts';
