export { createCluster, type Cluster, type ClusterOptions } from './create-cluster.ts';
export { KubeApiError } from './kube-api-error.ts';
export type { ActionAnswer, ActionOptions, ClusterActions, WorkloadRef } from './act/cluster-actions.ts';
export type { ClusterReads, LogOptions } from './read/cluster-reads.ts';
export type { DisruptionBudget } from './read/disruption-budget.ts';
export type { PodOnNode } from './read/pod-on-node.ts';
export { createFactStore, type FactStore, type ObjectFacts } from './watch/fact-store.ts';
export type { ResourceName } from './watch/watched-resources.ts';
