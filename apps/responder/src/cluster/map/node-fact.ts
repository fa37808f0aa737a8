import type { EpochMs, NodeFact } from '#facts';
import { conditionOf, identityOf, toEpochMs, type WireCondition, type WireMeta } from './object-shape.ts';

export interface WireNode {
  readonly metadata: WireMeta;
  readonly spec?: {
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string; readonly effect?: string }[];
  };
  readonly status?: { readonly conditions?: readonly WireCondition[] };
}

export interface WireLease {
  readonly metadata: WireMeta;
  readonly spec?: { readonly renewTime?: string | null };
}

/** When the kubelet last renewed its lease in `kube-node-lease`. */
export function leaseRenewedAt(lease: WireLease): EpochMs | null {
  return toEpochMs(lease.spec?.renewTime);
}

function readinessOf(conditions: readonly WireCondition[]): Pick<NodeFact, 'ready' | 'readyChangedAt'> {
  const ready = conditionOf(conditions, 'Ready');
  const status = ready?.status;
  return {
    ready: status === 'True' || status === 'False' ? status : 'Unknown',
    readyChangedAt: toEpochMs(ready?.lastTransitionTime),
  };
}

function schedulingOf({ unschedulable = false, taints = [] }: NonNullable<WireNode['spec']>) {
  return { unschedulable, taints: taints.map((one) => `${one.key}:${one.effect ?? ''}`) };
}

const controlPlaneLabels = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** What a Node object and its lease say. */
export function nodeFact(node: WireNode, renewedAt: EpochMs | null): NodeFact {
  const { metadata } = node;
  const { labels = {} } = metadata;
  const conditions = node.status?.conditions ?? [];
  const { uid, name } = identityOf(metadata);
  return {
    uid,
    name,
    zone: labels['topology.kubernetes.io/zone'] ?? null,
    ...readinessOf(conditions),
    ...schedulingOf(node.spec ?? {}),
    leaseRenewedAt: renewedAt,
    controlPlane: controlPlaneLabels.some((label) => label in labels),
    pressures: conditions
      .filter((one) => one.type.endsWith('Pressure') && one.status === 'True')
      .map((one) => one.type),
  };
}
