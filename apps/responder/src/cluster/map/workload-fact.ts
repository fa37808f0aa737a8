import type { WorkloadFact } from '#facts';
import { conditionOf, identityOf, toEpochMs, type WireCondition, type WireMeta } from './object-shape.ts';

export interface WireWorkload {
  readonly metadata: WireMeta;
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
  readonly status?: {
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly observedGeneration?: number;
    readonly updateRevision?: string;
    readonly conditions?: readonly WireCondition[];
  };
}

function countsOf(
  status: NonNullable<WireWorkload['status']>,
): Pick<WorkloadFact, 'updatedReplicas' | 'readyReplicas' | 'availableReplicas' | 'observedGeneration'> {
  const { updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0, observedGeneration = 0 } = status;
  return { updatedReplicas, readyReplicas, availableReplicas, observedGeneration };
}

function rolloutOf({
  metadata,
  status = {},
}: WireWorkload): Pick<WorkloadFact, 'revision' | 'changedAt' | 'deadlineExceeded'> {
  const annotated = metadata.annotations?.['deployment.kubernetes.io/revision'];
  const progressing = conditionOf(status.conditions ?? [], 'Progressing');
  return {
    revision: annotated ?? status.updateRevision ?? null,
    changedAt: toEpochMs(progressing?.lastUpdateTime),
    deadlineExceeded: progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded',
  };
}

/** What a Deployment or StatefulSet says; unset replicas mean 1, as the API defines it. */
export function workloadFact(kind: WorkloadFact['kind'], workload: WireWorkload): WorkloadFact {
  const { metadata, spec = {} } = workload;
  return {
    kind,
    ...identityOf(metadata),
    replicas: spec.replicas ?? 1,
    ...countsOf(workload.status ?? {}),
    generation: metadata.generation ?? 0,
    ...rolloutOf(workload),
    selector: spec.selector?.matchLabels ?? {},
  };
}
