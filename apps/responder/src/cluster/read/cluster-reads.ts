import type { EndpointFact, NetworkPolicyFact, NodeFact, PodFact, WorkloadFact } from '#facts';
import type { KubeApi, KubeCall } from '../kube-api.ts';
import { KubeApiError } from '../kube-api-error.ts';
import { endpointFacts, type WireEndpointSlice } from '../map/endpoint-facts.ts';
import { leaseRenewedAt, nodeFact, type WireLease, type WireNode } from '../map/node-fact.ts';
import { podFact, type WirePod } from '../map/pod-fact.ts';
import { networkPolicyFact, type WireNetworkPolicy } from '../map/service-fact.ts';
import { workloadFact, type WireWorkload } from '../map/workload-fact.ts';
import { disruptionBudget, type DisruptionBudget, type WireBudget } from './disruption-budget.ts';
import { quota, type Quota, type WireQuota } from './quota.ts';
import { revision, type Revision, type WireReplicaSet } from './revision.ts';
import { podOnNode, type PodOnNode, type WirePodOnNode } from './pod-on-node.ts';

/** Options of one pod's log, as the API names them. */
export interface LogOptions {
  readonly namespace: string;
  readonly container?: string | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly tailLines?: number | undefined;
  readonly previous?: boolean | undefined;
  readonly timestamps?: boolean | undefined;
  readonly limitBytes?: number | undefined;
  readonly timeoutMs?: number;
}

/** Live reads: every call asks the server now. `null` = no such object; other refusals throw KubeApiError. */
export interface ClusterReads {
  listNodes(signal?: AbortSignal): Promise<readonly NodeFact[]>;
  getNode(name: string, signal?: AbortSignal): Promise<NodeFact | null>;
  /** Pods of one namespace, or of all when null. */
  listPods(namespace: string | null, signal?: AbortSignal): Promise<readonly PodFact[]>;
  listWorkloads(namespace: string, signal?: AbortSignal): Promise<readonly WorkloadFact[]>;
  listEndpoints(namespace: string, signal?: AbortSignal): Promise<readonly EndpointFact[]>;
  listBudgets(signal?: AbortSignal): Promise<readonly DisruptionBudget[]>;
  /** Null when they may not be read. */
  listQuotas(namespace: string, signal?: AbortSignal): Promise<readonly Quota[] | null>;
  /** Null when they may not be read. */
  listPolicies(namespace: string, signal?: AbortSignal): Promise<readonly NetworkPolicyFact[] | null>;
  /** Revisions of a Deployment, the newest first; null when they may not be read. */
  listRevisions(
    namespace: string,
    deployment: string,
    signal?: AbortSignal,
  ): Promise<readonly Revision[] | null>;
  podsOnNode(node: string, signal?: AbortSignal): Promise<readonly PodOnNode[]>;
  /** Where a Service answers: its cluster address and first port; null when it has none. */
  serviceAddress(
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<{ readonly host: string; readonly port: number } | null>;
  readLogs(pod: string, options: LogOptions, signal?: AbortSignal): Promise<string>;
  /** Any object as the server has it, by API path: the evidence kept before a change. */
  currentObject(path: string, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>> | null>;
}

interface WireServiceAddress {
  readonly spec?: { readonly clusterIP?: string; readonly ports?: readonly { readonly port: number }[] };
}

interface Items<T> {
  readonly items?: readonly T[] | null;
}

const leasePath = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

function call(path: string, signal?: AbortSignal): KubeCall {
  return signal === undefined ? { path } : { path, signal };
}

function reader(api: KubeApi) {
  async function one<T>(path: string, signal?: AbortSignal): Promise<T | null> {
    try {
      return await api.json<T>(call(path, signal));
    } catch (error) {
      if (error instanceof KubeApiError && error.status === 404) return null;
      throw error;
    }
  }
  async function all<T>(
    path: string,
    signal?: AbortSignal,
    query?: KubeCall['query'],
  ): Promise<readonly T[]> {
    const list = await api.json<Items<T>>({
      ...call(path, signal),
      ...(query === undefined ? {} : { query }),
    });
    return list.items ?? [];
  }
  return { one, all };
}

function nodeReads({ one, all }: ReturnType<typeof reader>): Pick<ClusterReads, 'listNodes' | 'getNode'> {
  return {
    async listNodes(signal) {
      const [nodes, leases] = await Promise.all([
        all<WireNode>('/api/v1/nodes', signal),
        one<Items<WireLease>>(leasePath, signal),
      ]);
      const renewed = new Map(
        (leases?.items ?? []).map((lease) => [lease.metadata?.name, leaseRenewedAt(lease)]),
      );
      return nodes.map((node) => nodeFact(node, renewed.get(node.metadata?.name) ?? null));
    },
    async getNode(name, signal) {
      const node = await one<WireNode>(`/api/v1/nodes/${encodeURIComponent(name)}`, signal);
      if (node === null) return null;
      const lease = await one<WireLease>(`${leasePath}/${encodeURIComponent(name)}`, signal);
      return nodeFact(node, lease && leaseRenewedAt(lease));
    },
  };
}

function workloadReads({ all }: ReturnType<typeof reader>): Pick<ClusterReads, 'listWorkloads'> {
  return {
    async listWorkloads(namespace, signal) {
      const [deployments, statefulSets] = await Promise.all([
        all<WireWorkload>(`/apis/apps/v1/namespaces/${namespace}/deployments`, signal),
        all<WireWorkload>(`/apis/apps/v1/namespaces/${namespace}/statefulsets`, signal),
      ]);
      return [
        ...deployments.map((one) => workloadFact('deployment', one)),
        ...statefulSets.map((one) => workloadFact('statefulset', one)),
      ];
    },
  };
}

/** What is read, or null when it may not be. */
async function unlessForbidden<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof KubeApiError && error.status === 403) return null;
    throw error;
  }
}

/** The live reads on one API. */
export function clusterReads(api: KubeApi): ClusterReads {
  const read = reader(api);
  const { one, all } = read;
  return {
    ...nodeReads(read),
    ...workloadReads(read),
    async listPods(namespace, signal) {
      const path = namespace === null ? '/api/v1/pods' : `/api/v1/namespaces/${namespace}/pods`;
      return (await all<WirePod>(path, signal)).map(podFact);
    },
    async listEndpoints(namespace, signal) {
      const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
      return (await all<WireEndpointSlice>(path, signal)).flatMap(endpointFacts);
    },
    async listBudgets(signal) {
      const list = await one<Items<WireBudget>>('/apis/policy/v1/poddisruptionbudgets', signal);
      return (list?.items ?? []).map(disruptionBudget);
    },
    async listQuotas(namespace, signal) {
      const path = `/api/v1/namespaces/${namespace}/resourcequotas`;
      return (await unlessForbidden(all<WireQuota>(path, signal)))?.map(quota) ?? null;
    },
    async listPolicies(namespace, signal) {
      const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
      return (await unlessForbidden(all<WireNetworkPolicy>(path, signal)))?.map(networkPolicyFact) ?? null;
    },
    async listRevisions(namespace, deployment, signal) {
      const path = `/apis/apps/v1/namespaces/${namespace}/replicasets`;
      const sets = await unlessForbidden(all<WireReplicaSet>(path, signal));
      const revisions = sets?.flatMap((set) => revision(set, deployment) ?? []);
      return revisions?.toSorted((a, b) => b.number - a.number) ?? null;
    },
    async podsOnNode(node, signal) {
      const query = { fieldSelector: `spec.nodeName=${node}` };
      return (await all<WirePodOnNode>('/api/v1/pods', signal, query)).map(podOnNode);
    },
    async serviceAddress(namespace, name, signal) {
      const path = `/api/v1/namespaces/${namespace}/services/${encodeURIComponent(name)}`;
      const spec = (await one<WireServiceAddress>(path, signal))?.spec;
      const port = spec?.ports?.[0]?.port;
      if (!spec?.clusterIP || spec.clusterIP === 'None' || port === undefined) return null;
      return { host: spec.clusterIP, port };
    },
    readLogs(pod, { namespace, timeoutMs, ...query }, signal) {
      return api.text({
        path: `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(pod)}/log`,
        accept: '*/*',
        query,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(signal === undefined ? {} : { signal }),
      });
    },
    currentObject: (path, signal) => one(path, signal),
  };
}
