interface Named {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
}
interface Pod extends Named {
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly state?: { readonly waiting?: { readonly reason?: string } };
    }[];
  };
}
interface Node extends Named {
  readonly spec?: { readonly taints?: readonly { key: string; effect: string; value?: string }[] };
  readonly status?: { readonly conditions?: readonly { type: string; status: string }[] };
}
interface Deployment extends Named {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly availableReplicas?: number; readonly updatedReplicas?: number };
}

/** The objects that the rules of the peer speak of. */
export interface KubeObjects {
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly deployments: readonly Deployment[];
}

type Labels = Readonly<Record<string, string>>;

function sample(name: string, labels: Labels, value: number): string {
  const text = Object.entries(labels)
    .map(([key, one]) => `${key}="${one.replace(/["\\\n]/g, (c) => `\\${c === '\n' ? 'n' : c}`)}"`)
    .join(',');
  return `${name}{${text}} ${value}`;
}

function podSeries({ metadata, status }: Pod): readonly string[] {
  const at = { namespace: metadata.namespace ?? '', pod: metadata.name };
  const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];
  const owner = metadata.ownerReferences?.[0];
  return [
    ...phases.map((phase) =>
      sample('kube_pod_status_phase', { ...at, phase }, status?.phase === phase ? 1 : 0),
    ),
    sample('kube_pod_owner', { ...at, owner_kind: owner?.kind ?? '', owner_name: owner?.name ?? '' }, 1),
    ...(status?.containerStatuses ?? []).flatMap(({ name, state }) => {
      const reason = state?.waiting?.reason;
      if (reason === undefined) return [];
      return [sample('kube_pod_container_status_waiting_reason', { ...at, container: name, reason }, 1)];
    }),
  ];
}

function nodeSeries({ metadata, spec, status }: Node): readonly string[] {
  const node = metadata.name;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown';
  return [
    ...['true', 'false', 'unknown'].map((one) =>
      sample(
        'kube_node_status_condition',
        { node, condition: 'Ready', status: one },
        ready.toLowerCase() === one ? 1 : 0,
      ),
    ),
    ...(spec?.taints ?? []).map(({ key, effect, value = '' }) =>
      sample('kube_node_spec_taint', { node, key, effect, value }, 1),
    ),
  ];
}

function deploymentSeries({ metadata, spec, status }: Deployment): readonly string[] {
  const at = { namespace: metadata.namespace ?? '', deployment: metadata.name };
  return [
    sample('kube_deployment_spec_replicas', at, spec?.replicas ?? 1),
    sample('kube_deployment_status_replicas_available', at, status?.availableReplicas ?? 0),
    sample('kube_deployment_status_replicas_updated', at, status?.updatedReplicas ?? 0),
  ];
}

/** The few series of kube-state-metrics that the rules ask for, in the text format. Pure. */
export function kubeSeries({ pods, nodes, deployments }: KubeObjects): string {
  const lines = [
    ...pods.flatMap(podSeries),
    ...nodes.flatMap(nodeSeries),
    ...deployments.flatMap(deploymentSeries),
  ];
  return `${lines.join('\n')}\n`;
}
