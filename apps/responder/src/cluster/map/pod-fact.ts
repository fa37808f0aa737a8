import type { PodFact } from '#facts';
import { containerFact, type WireContainer, type WireContainerStatus } from './container-fact.ts';
import { conditionOf, identityOf, toEpochMs, type WireCondition, type WireMeta } from './object-shape.ts';

export interface WirePod {
  readonly metadata: WireMeta;
  readonly spec?: { readonly nodeName?: string; readonly containers?: readonly WireContainer[] };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly WireCondition[];
    readonly containerStatuses?: readonly WireContainerStatus[];
  };
}

function ownerOf(meta: WireMeta): string | null {
  const owner = meta.ownerReferences?.find((one) => one.controller === true);
  return owner === undefined ? null : `${owner.kind.toLowerCase()}/${owner.name}`;
}

function placeOf({ spec = {}, status = {} }: WirePod): Pick<PodFact, 'nodeName' | 'podIp' | 'phase'> {
  return {
    nodeName: spec.nodeName ?? null,
    podIp: status.podIP ?? null,
    phase: status.phase ?? 'Unknown',
  };
}

function readinessOf(conditions: readonly WireCondition[]): Pick<PodFact, 'ready' | 'readyChangedAt'> {
  const ready = conditionOf(conditions, 'Ready');
  return { ready: ready?.status === 'True', readyChangedAt: toEpochMs(ready?.lastTransitionTime) };
}

function containersOf({ spec = {}, status = {} }: WirePod): PodFact['containers'] {
  const { containerStatuses = [] } = status;
  return (spec.containers ?? []).map((one) =>
    containerFact(
      one,
      containerStatuses.find((its) => its.name === one.name),
    ),
  );
}

/** What a Pod object says. */
export function podFact(pod: WirePod): PodFact {
  const { metadata } = pod;
  return {
    ...identityOf(metadata),
    labels: metadata.labels ?? {},
    ...placeOf(pod),
    ...readinessOf(pod.status?.conditions ?? []),
    createdAt: toEpochMs(metadata.creationTimestamp) ?? 0,
    deletionAt: toEpochMs(metadata.deletionTimestamp),
    owner: ownerOf(metadata),
    containers: containersOf(pod),
  };
}
