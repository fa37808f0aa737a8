import type {
  EndpointFact,
  NetworkPolicyFact,
  NodeFact,
  PodFact,
  WatchedService,
  WorkloadFact,
} from '#facts';
import type { DisruptionBudget, PodOnNode, Quota, Revision } from '#cluster';
import type { StepsCluster } from './ports.ts';
import type { Change, WorkloadRef } from './prepare/change.ts';

/** What the cluster says right now, as far as one change needs it. */
export interface LiveView {
  readonly nodes: readonly NodeFact[];
  /** Pods of the watched service, on any node. */
  readonly servicePods: readonly PodFact[];
  /** All pods on the node that the change is about; empty for other changes. */
  readonly nodePods: readonly PodOnNode[];
  /** The watched deployment. */
  readonly deployment: WorkloadFact | null;
  /** The workload that a rollout is about. */
  readonly workload: WorkloadFact | null;
  /** Its pods. */
  readonly workloadPods: readonly PodFact[];
  readonly budgets: readonly DisruptionBudget[];
  /** Of the service's namespace; null when they may not be read. */
  readonly quotas: readonly Quota[] | null;
  /** Of the service's namespace, for a change of one; null when they may not be read. */
  readonly policies: readonly NetworkPolicyFact[] | null;
  /** Of the deployment that an undo is about, the newest first; empty for other changes, null when they cannot be read. */
  readonly revisions: readonly Revision[] | null;
  /** The service's database, as the configuration names it; null when it has none. */
  readonly database: string | null;
  /** Null where nobody measures them. */
  readonly connections: ConnectionUse | null;
  /** Endpoints of the watched service. */
  readonly endpoints: readonly EndpointFact[];
}

/** Connections of the database as detection measured them last. */
export interface ConnectionUse {
  /** What clients may have at most, reserved ones left out. */
  readonly slots: number;
  readonly used: number;
  /** Most that one pod of the service opens. */
  readonly poolSize: number;
}

/** Where a change is looked at from. */
export interface LiveSources {
  readonly cluster: StepsCluster;
  readonly service: WatchedService;
  readonly connections: () => ConnectionUse | null;
}

const readLimitMs = 5000;

/** Reads everything fresh, at once. Throws when any read fails: then nothing may be changed. */
export async function readLiveView(
  { cluster, service, connections }: LiveSources,
  change: Change,
  outer: AbortSignal,
): Promise<LiveView> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(readLimitMs)]);
  const [nodes, pods, nodePods, workloads, budgets, quotas, policies, endpoints, revisions] =
    await Promise.all([
      cluster.listNodes(signal),
      cluster.listPods(service.namespace, signal),
      'node' in change ? cluster.podsOnNode(change.node, signal) : [],
      cluster.listWorkloads(service.namespace, signal),
      cluster.listBudgets(signal),
      cluster.listQuotas(service.namespace, signal),
      'policy' in change && isOwn(change.policy, service)
        ? cluster.listPolicies(service.namespace, signal)
        : [],
      cluster.listEndpoints(service.namespace, signal),
      change.kind === 'rollout-undo' ? revisionsOf(change.workload, { cluster, service, signal }) : [],
    ]);
  const find = (kind: string, name: string): WorkloadFact | null =>
    workloads.find((one) => one.kind === kind && one.name === name) ?? null;
  const ref = 'workload' in change ? ownRef(change.workload, service) : null;
  const workload = ref === null ? null : find(ref.kind, ref.name);
  return {
    nodes,
    servicePods: pods.filter((pod) => selects(service.podLabels, pod)),
    nodePods,
    deployment: find('deployment', service.deployment),
    workload,
    workloadPods: workload === null ? [] : pods.filter((pod) => selects(workload.selector, pod)),
    budgets,
    quotas,
    policies,
    revisions,
    database: databaseOf(service),
    connections: connections(),
    endpoints: endpoints.filter((one) => one.service === service.service),
  };
}

const databaseName = /postgres|pg|sql|maria|database|db/i;

function databaseOf({ dependencies }: WatchedService): string | null {
  return dependencies.find((one) => databaseName.test(one)) ?? null;
}

/** Those of a StatefulSet are kept otherwise, and are not read. */
function revisionsOf(
  workload: WorkloadRef,
  { cluster, service, signal }: Pick<LiveSources, 'cluster' | 'service'> & { readonly signal: AbortSignal },
): Promise<readonly Revision[] | null> | null {
  return workload.kind === 'deployment' && isOwn(workload, service)
    ? cluster.listRevisions(service.namespace, workload.name, signal)
    : null;
}

/** Only the service's own namespace was read: a workload elsewhere is not known. */
function ownRef(workload: WorkloadRef, service: WatchedService): WorkloadRef | null {
  return isOwn(workload, service) ? workload : null;
}

function isOwn({ namespace }: Pick<WorkloadRef, 'namespace'>, service: WatchedService): boolean {
  return namespace === null || namespace === service.namespace;
}

/** Pods that a drain evicts: not of a DaemonSet, not static, not ended. */
export function evictable(pods: readonly PodOnNode[]): readonly PodOnNode[] {
  return pods.filter(
    (pod) => !pod.daemon && !pod.mirror && pod.phase !== 'Succeeded' && pod.phase !== 'Failed',
  );
}

/** True when every label of `selector` is on the pod; an empty selector selects nothing. */
export function selects(selector: Readonly<Record<string, string>>, pod: PodFact): boolean {
  const entries = Object.entries(selector);
  return entries.length > 0 && entries.every(([key, value]) => pod.labels[key] === value);
}
