import type { PodFact } from '#facts';
import { containerFact, type WireContainer, type WireContainerStatus } from './container-fact.ts';
import { conditionOf, identityOf, toEpochMs, type WireCondition, type WireMeta } from './object-shape.ts';

export interface WirePod {
  readonly metadata: WireMeta;
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly WireContainer[];
    readonly initContainers?: readonly WireContainer[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly conditions?: readonly WireCondition[];
    readonly containerStatuses?: readonly WireContainerStatus[];
    readonly initContainerStatuses?: readonly WireContainerStatus[];
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

function factsOf(
  containers: readonly WireContainer[] = [],
  statuses: readonly WireContainerStatus[] = [],
): PodFact['containers'] {
  return containers.map((one) =>
    containerFact(
      one,
      statuses.find((its) => its.name === one.name),
    ),
  );
}

/** An init container that waits its turn, runs or has done its work is nothing to speak of. */
function isFailing({ restartCount, lastTermination, state, reason }: PodFact['containers'][number]): boolean {
  if (lastTermination !== null && lastTermination.exitCode !== 0) return true;
  return restartCount > 0 || (state === 'waiting' && reason !== null && reason !== 'PodInitializing');
}

function containersOf({ spec = {}, status = {} }: WirePod): PodFact['containers'] {
  const init = status.phase === 'Pending' ? factsOf(spec.initContainers, status.initContainerStatuses) : [];
  return [...init.filter(isFailing), ...factsOf(spec.containers, status.containerStatuses)];
}

function wordsOf({ status = {} }: WirePod): Pick<PodFact, 'reason' | 'message' | 'unschedulable'> {
  const { conditions = [], reason = null, message = null } = status;
  const scheduled = conditionOf(conditions, 'PodScheduled');
  const unschedulable = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
  return { reason, message: message ?? (unschedulable ? (scheduled.message ?? null) : null), unschedulable };
}

/** What a Pod object says. */
export function podFact(pod: WirePod): PodFact {
  const { metadata } = pod;
  return {
    ...identityOf(metadata),
    labels: metadata.labels ?? {},
    ...placeOf(pod),
    ...wordsOf(pod),
    ...readinessOf(pod.status?.conditions ?? []),
    createdAt: toEpochMs(metadata.creationTimestamp) ?? 0,
    deletionAt: toEpochMs(metadata.deletionTimestamp),
    owner: ownerOf(metadata),
    containers: containersOf(pod),
  };
}
