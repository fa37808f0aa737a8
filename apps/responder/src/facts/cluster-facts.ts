import type { EpochMs } from './epoch-ms.ts';

/** Why and how a container ended. Source: Kubernetes ContainerStateTerminated. */
export interface Termination {
  readonly reason: string;
  readonly exitCode: number;
  readonly finishedAt: EpochMs | null;
}

export interface ContainerFact {
  readonly name: string;
  readonly image: string;
  readonly restartCount: number;
  readonly state: 'running' | 'waiting' | 'terminated';
  /** Reason of the waiting or terminated state, for example CrashLoopBackOff. */
  readonly reason: string | null;
  /** What the runtime says about the waiting state, for example which Secret is not there. */
  readonly message?: string | null;
  readonly lastTermination: Termination | null;
  readonly memoryLimitBytes: number | null;
  /** Declared container ports; empty when the manifest declares none. */
  readonly ports?: readonly number[];
  readonly portNames?: readonly string[];
}

export interface PodFact {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly nodeName: string | null;
  readonly podIp: string | null;
  readonly phase: string;
  /** Why the whole pod is in its phase, for example Evicted. */
  readonly reason?: string | null;
  /** What the kubelet or the scheduler says about the pod: why it was evicted, or why no node takes it. */
  readonly message?: string | null;
  /** The scheduler has found no node (condition PodScheduled is False, reason Unschedulable). */
  readonly unschedulable?: boolean;
  readonly ready: boolean;
  readonly readyChangedAt: EpochMs | null;
  readonly createdAt: EpochMs;
  readonly deletionAt: EpochMs | null;
  /** Controlling owner as `replicaset/NAME`, `statefulset/NAME`; null for a bare pod. */
  readonly owner: string | null;
  /** Its containers, and those init containers that fail. */
  readonly containers: readonly ContainerFact[];
}

export interface NodeFact {
  readonly uid: string;
  readonly name: string;
  readonly zone: string | null;
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly readyChangedAt: EpochMs | null;
  readonly unschedulable: boolean;
  readonly taints: readonly string[];
  readonly leaseRenewedAt: EpochMs | null;
  readonly controlPlane: boolean;
  readonly pressures: readonly string[];
}

export interface EndpointFact {
  readonly service: string;
  readonly address: string;
  readonly podName: string | null;
  readonly nodeName: string | null;
  readonly ready: boolean;
  readonly terminating: boolean;
}

/** A Deployment or StatefulSet. */
export interface WorkloadFact {
  readonly kind: 'deployment' | 'statefulset';
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly revision: string | null;
  /** Last progress of a rollout, from the Progressing condition; null for a StatefulSet. */
  readonly changedAt: EpochMs | null;
  /** The rollout has outlived its deadline (reason ProgressDeadlineExceeded). */
  readonly deadlineExceeded?: boolean;
  readonly selector: Readonly<Record<string, string>>;
}

export interface ServiceFact {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  /** Null for a headless service. */
  readonly clusterIp?: string | null;
  /** Numeric target ports; a named one is left out. */
  readonly targetPorts?: readonly number[];
  /** Target ports that are given by the name of a container port. */
  readonly targetPortNames?: readonly string[];
}

export interface NetworkPolicyFact {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly createdAt: EpochMs;
  /** Labels of the pods it is about; empty: all of the namespace; null: chosen by expressions, which are not read. */
  readonly podSelector?: Readonly<Record<string, string>> | null;
  /** Directions in which those pods are shut but for what policies allow. */
  readonly directions?: readonly ('ingress' | 'egress')[];
}

/** A Kubernetes Event, merged by count. */
export interface EventFact {
  readonly at: EpochMs;
  readonly reason: string;
  readonly message: string;
  readonly type: string;
  /** `pod/NAME`, `node/NAME` ... of the object it is about. */
  readonly subject: string;
  readonly count: number;
}

/** What the cluster's objects say (source class C), as far as the watches have told. */
export interface ClusterFacts {
  /** False while the Kubernetes API cannot be read; the objects are then as old as `lastReadAt`. */
  readonly readable: boolean;
  readonly lastReadAt: EpochMs | null;
  readonly pods: readonly PodFact[];
  readonly nodes: readonly NodeFact[];
  readonly endpoints: readonly EndpointFact[];
  readonly workloads: readonly WorkloadFact[];
  readonly services: readonly ServiceFact[];
  readonly networkPolicies: readonly NetworkPolicyFact[];
  readonly events: readonly EventFact[];
}
