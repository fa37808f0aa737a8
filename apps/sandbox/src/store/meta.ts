import type { LabelSelector, ObjectMeta as Published } from 'kubernetes-types/meta/v1.d.ts';

export type { LabelSelector };
export type { ObjectReference } from 'kubernetes-types/core/v1.d.ts';

/** Metadata as stored; `create` fills what the server owns (uid, resourceVersion, creationTimestamp, generation). */
export type ObjectMeta = { -readonly [P in keyof Published]: Published[P] } & { name: string };

/** What every stored object has. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** A condition of a status; `status` is True, False or Unknown. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastHeartbeatTime?: string;
  lastProbeTime?: string | null;
  observedGeneration?: number;
}

/** Amounts by resource name, Kubernetes quantities as written (`500m`, `256Mi`). */
export type Quantities = Record<string, string>;

/** A port by number or by name. */
export type IntOrString = number | string;
