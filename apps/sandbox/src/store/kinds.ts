import type { Condition, KubeObject, ObjectReference, Quantities } from './meta.ts';
import type { EndpointSlice, Endpoints, Ingress, NetworkPolicy, Service } from './network-kinds.ts';
import type { Pod, Taint } from './pod-kinds.ts';
import type {
  ControllerRevision,
  Deployment,
  PodDisruptionBudget,
  ReplicaSet,
  StatefulSet,
} from './workload-kinds.ts';

/** v1 Node. */
export interface Node extends KubeObject {
  kind: 'Node';
  spec: {
    podCIDR?: string;
    podCIDRs?: string[];
    providerID?: string;
    unschedulable?: boolean;
    taints?: Taint[];
  };
  status?: {
    conditions?: Condition[];
    addresses?: { type: string; address: string }[];
    capacity?: Quantities;
    allocatable?: Quantities;
    nodeInfo?: Record<string, unknown>;
    images?: { names: string[]; sizeBytes?: number }[];
    daemonEndpoints?: { kubeletEndpoint: { Port: number } };
  };
}

/** coordination.k8s.io/v1 Lease; `renewTime` with microseconds. */
export interface Lease extends KubeObject {
  kind: 'Lease';
  spec: {
    holderIdentity?: string;
    leaseDurationSeconds?: number;
    renewTime?: string;
    acquireTime?: string;
    leaseTransitions?: number;
  };
}

/** v1 Event; write it with `recordEvent`, which merges repetitions. */
export interface EventObject extends KubeObject {
  kind: 'Event';
  involvedObject: ObjectReference;
  reason?: string;
  message?: string;
  type?: string;
  source?: { component?: string; host?: string };
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  count?: number;
  eventTime?: string | null;
  action?: string;
  reportingComponent?: string;
  reportingInstance?: string;
}

/** v1 Namespace. */
export interface Namespace extends KubeObject {
  kind: 'Namespace';
  spec?: { finalizers?: string[] };
  status?: { phase?: string };
}

/** v1 ConfigMap. */
export interface ConfigMap extends KubeObject {
  kind: 'ConfigMap';
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}

/** v1 Secret; `data` is base64, `stringData` is folded into it on writing. */
export interface Secret extends KubeObject {
  kind: 'Secret';
  type?: string;
  data?: Record<string, string>;
  stringData?: Record<string, string>;
}

/** v1 ResourceQuota. */
export interface ResourceQuota extends KubeObject {
  kind: 'ResourceQuota';
  spec?: { hard?: Quantities };
  status?: { hard?: Quantities; used?: Quantities };
}

/** A kind that is stored and shown and that nothing acts on. */
export interface StoredObject extends KubeObject {
  spec?: unknown;
  status?: unknown;
  [field: string]: unknown;
}

/** Every kind that the store knows, by its Kubernetes kind. */
export interface KindMap {
  ConfigMap: ConfigMap;
  ControllerRevision: ControllerRevision;
  Deployment: Deployment;
  EndpointSlice: EndpointSlice;
  Endpoints: Endpoints;
  Event: EventObject;
  HorizontalPodAutoscaler: StoredObject;
  Ingress: Ingress;
  IngressClass: StoredObject;
  Lease: Lease;
  Namespace: Namespace;
  NetworkPolicy: NetworkPolicy;
  Node: Node;
  PersistentVolumeClaim: StoredObject;
  Pod: Pod;
  PodDisruptionBudget: PodDisruptionBudget;
  ReplicaSet: ReplicaSet;
  ResourceQuota: ResourceQuota;
  Role: StoredObject;
  RoleBinding: StoredObject;
  Secret: Secret;
  Service: Service;
  ServiceAccount: StoredObject;
  ServiceMonitor: StoredObject;
  StatefulSet: StatefulSet;
}

/** A Kubernetes kind of the sandbox. */
export type Kind = keyof KindMap;
