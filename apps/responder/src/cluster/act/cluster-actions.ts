import type { EpochMs } from '#facts';
import type { KubeApi, KubeCall } from '../kube-api.ts';
import { KubeApiError } from '../kube-api-error.ts';

export interface ActionOptions {
  /** True: the server checks and answers as if it had done it, and changes nothing. */
  readonly dryRun?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** With this user's rights instead of our own (user impersonation of the Kubernetes API). */
  readonly as?: string | null;
}

/** What a change answers. A refusal of the server is an answer; a call that never got one throws. */
export interface ActionAnswer {
  readonly ok: boolean;
  /** HTTP status of a refusal; null when the change was accepted. */
  readonly status: number | null;
  /** What kubectl would have said, or the server's refusal. */
  readonly text: string;
}

/** A workload by its Kubernetes name. */
export interface WorkloadRef {
  readonly kind: 'deployment' | 'statefulset';
  readonly namespace: string;
  readonly name: string;
}

/** One change of one object, as the API takes it. */
export interface ObjectPatch {
  readonly path: string;
  readonly contentType: 'application/strategic-merge-patch+json' | 'application/json-patch+json';
  readonly body: unknown;
}

type WireObject = Readonly<Record<string, unknown>>;

/** Changes of the cluster, each one call with its own limit (8 s). */
export interface ClusterActions {
  /** The object as it is, and as the server says that the patch would leave it; changes nothing. Throws KubeApiError. */
  tryPatch(
    patch: ObjectPatch,
    signal?: AbortSignal,
  ): Promise<{ readonly before: WireObject; readonly after: WireObject }>;
  cordon(node: string, options?: ActionOptions): Promise<ActionAnswer>;
  uncordon(node: string, options?: ActionOptions): Promise<ActionAnswer>;
  /** By the eviction API: 429 = a disruption budget says later, 500 = the server cannot decide, 404 = already gone. */
  evict(
    pod: { readonly namespace: string; readonly name: string },
    options?: ActionOptions,
  ): Promise<ActionAnswer>;
  /** As `kubectl rollout restart`: a new `restartedAt` annotation on the pod template. */
  rolloutRestart(
    workload: WorkloadRef,
    options?: ActionOptions & { readonly at?: EpochMs },
  ): Promise<ActionAnswer>;
}

interface Change extends Pick<KubeCall, 'method' | 'path' | 'body' | 'contentType'> {
  readonly done: string;
}

async function change(api: KubeApi, what: Change, options: ActionOptions): Promise<ActionAnswer> {
  const { done, ...call } = what;
  const { dryRun = false, timeoutMs, signal, as = null } = options;
  try {
    await api.text({
      ...call,
      query: { fieldManager: 'tocsin', dryRun: dryRun ? 'All' : undefined },
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal === undefined ? {} : { signal }),
      ...(as === null ? {} : { as }),
    });
    return { ok: true, status: null, text: dryRun ? `${done} (server dry run)` : done };
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    return { ok: false, status: error.status, text: error.message };
  }
}

function patch(path: string, body: unknown, done: string): Change {
  return { method: 'PATCH', path, body, done, contentType: 'application/strategic-merge-patch+json' };
}

function schedulable(node: string, unschedulable: boolean): Change {
  const done = `node/${node} ${unschedulable ? 'cordoned' : 'uncordoned'}`;
  return patch(`/api/v1/nodes/${encodeURIComponent(node)}`, { spec: { unschedulable } }, done);
}

function eviction({ namespace, name }: { namespace: string; name: string }, dryRun: boolean): Change {
  return {
    method: 'POST',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/eviction`,
    body: {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace },
      ...(dryRun ? { deleteOptions: { dryRun: ['All'] } } : {}),
    },
    done: `pod/${name} evicted`,
  };
}

function restart({ kind, namespace, name }: WorkloadRef, at: EpochMs): Change {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date(at).toISOString() };
  return patch(
    `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${kind}s/${encodeURIComponent(name)}`,
    { spec: { template: { metadata: { annotations } } } },
    `${kind}.apps/${name} restarted`,
  );
}

/** The changes that the responder knows how to make on one API. */
export function clusterActions(api: KubeApi): ClusterActions {
  return {
    tryPatch: async ({ path, body, contentType }, signal) => {
      const limit = signal === undefined ? {} : { signal };
      const before = await api.json<WireObject>({ method: 'GET', path, ...limit });
      const query = { fieldManager: 'tocsin', dryRun: 'All' };
      const call = { method: 'PATCH', path, body, contentType, query, ...limit } as const;
      return { before, after: await api.json<WireObject>(call) };
    },
    cordon: (node, options = {}) => change(api, schedulable(node, true), options),
    uncordon: (node, options = {}) => change(api, schedulable(node, false), options),
    evict: (pod, options = {}) => change(api, eviction(pod, options.dryRun ?? false), options),
    rolloutRestart: (workload, options = {}) =>
      change(api, restart(workload, options.at ?? Date.now()), options),
  };
}
