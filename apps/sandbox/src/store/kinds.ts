import type * as apps from 'kubernetes-types/apps/v1.d.ts';
import type * as coordination from 'kubernetes-types/coordination/v1.d.ts';
import type * as core from 'kubernetes-types/core/v1.d.ts';
import type * as discovery from 'kubernetes-types/discovery/v1.d.ts';
import type * as networking from 'kubernetes-types/networking/v1.d.ts';
import type * as policy from 'kubernetes-types/policy/v1.d.ts';
import type { Condition, KubeObject } from './meta.ts';

/** A published type as it is stored: with kind and metadata, and with the parts of it that it never lacks. */
type Stored<K extends string, T, Present extends keyof T = never> = Omit<
  T,
  'apiVersion' | 'kind' | 'metadata' | Present
> &
  KubeObject & { kind: K } & { [P in Present]-?: NonNullable<T[P]> };

/** With conditions as every kind here has them. */
type Judged<T extends { status?: object }, More = unknown> = Omit<T, 'status'> & {
  -readonly [P in 'status']?: Omit<NonNullable<T['status']>, 'conditions'> & {
    conditions?: Condition[];
  } & More;
};

/** A workload always has a template, and that a spec. */
type Workload<K extends string, T extends { spec?: object; status?: object }, More = unknown> = Judged<
  Omit<Stored<K, T>, 'spec'> & {
    spec: Omit<NonNullable<T['spec']>, 'template'> & { template: PodTemplateSpec };
  },
  More
>;

/** A container of a pod; one without an image is refused. */
export type Container = core.Container & { image: string };
/** What a pod shall be. */
export type PodSpec = Omit<core.PodSpec, 'containers'> & { containers: Container[] };
/** The template that workloads make pods of. */
export type PodTemplateSpec = Omit<core.PodTemplateSpec, 'spec'> & { spec: PodSpec };
export type {
  Affinity,
  ContainerState,
  EnvVar,
  NodeSelectorTerm,
  Probe,
  ServicePort,
  Taint,
  Toleration,
  TopologySpreadConstraint,
} from 'kubernetes-types/core/v1.d.ts';
export type { Endpoint } from 'kubernetes-types/discovery/v1.d.ts';
export type { IngressBackend } from 'kubernetes-types/networking/v1.d.ts';

/** What the kubelet says of one container; the two last are newer than the published types. */
export type ContainerStatus = core.ContainerStatus & { resources?: core.ResourceRequirements };
/** What the kubelet says of a pod. */
export type PodStatus = Omit<core.PodStatus, 'conditions' | 'containerStatuses'> & {
  conditions?: Condition[];
  containerStatuses?: ContainerStatus[];
  observedGeneration?: number;
};
/** v1 Pod. */
export type Pod = Omit<Stored<'Pod', core.Pod>, 'spec' | 'status'> & { spec: PodSpec; status?: PodStatus };
/** v1 Node. */
export type Node = Judged<Stored<'Node', core.Node, 'spec'>>;
/** coordination.k8s.io/v1 Lease; `renewTime` with microseconds. */
export type Lease = Stored<'Lease', coordination.Lease, 'spec'>;
/** v1 Event; write it with `recordEvent`, which merges repetitions. */
export type EventObject = Omit<
  Stored<'Event', core.Event>,
  'eventTime' | 'reportingComponent' | 'reportingInstance'
> & { eventTime?: string | null; reportingComponent?: string; reportingInstance?: string };
/** v1 Namespace. */
export type Namespace = Stored<'Namespace', core.Namespace>;
/** v1 ConfigMap. */
export type ConfigMap = Stored<'ConfigMap', core.ConfigMap>;
/** v1 Secret; `data` is base64, `stringData` is folded into it on writing. */
export type Secret = Stored<'Secret', core.Secret>;
/** v1 ResourceQuota. */
export type ResourceQuota = Stored<'ResourceQuota', core.ResourceQuota>;
/** v1 Service. */
export type Service = Judged<Stored<'Service', core.Service, 'spec'>>;
/** v1 Endpoints, kept by `mirrorEndpoints` from the slices; controllers write slices only. */
export type Endpoints = Stored<'Endpoints', core.Endpoints>;
/** discovery.k8s.io/v1 EndpointSlice; belongs to the service in label `kubernetes.io/service-name`. */
export type EndpointSlice = Stored<'EndpointSlice', discovery.EndpointSlice>;
/** networking.k8s.io/v1 NetworkPolicy. */
export type NetworkPolicy = Stored<'NetworkPolicy', networking.NetworkPolicy, 'spec'>;
/** networking.k8s.io/v1 Ingress. */
export type Ingress = Stored<'Ingress', networking.Ingress, 'spec'>;
/** apps/v1 Deployment. */
export type Deployment = Workload<'Deployment', apps.Deployment, { terminatingReplicas?: number }>;
/** apps/v1 ReplicaSet. */
export type ReplicaSet = Workload<'ReplicaSet', apps.ReplicaSet, { terminatingReplicas?: number }>;
/** apps/v1 StatefulSet. */
export type StatefulSet = Workload<'StatefulSet', apps.StatefulSet>;
/** apps/v1 ControllerRevision: one remembered template of a StatefulSet. */
export type ControllerRevision = Stored<'ControllerRevision', apps.ControllerRevision>;
/** policy/v1 PodDisruptionBudget. */
export type PodDisruptionBudget = Judged<Stored<'PodDisruptionBudget', policy.PodDisruptionBudget, 'spec'>>;

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
