import os from 'node:os';
import type { Condition, Node } from '#store';

/** A node as its kubelet registers it. */
export interface NodeIdentity {
  name: string;
  ip: string;
  zone: string;
  /** Third octet and so the pod range: 127.X.N.0/24. */
  podCidr: string;
  kubernetesVersion: string;
}

const MAX_PODS = 60;

/** Spec, labels and status of a fresh node. Capacity is this machine's: the nodes share it. */
export function nodeObject(identity: NodeIdentity, now: string): Node {
  const amounts = {
    cpu: String(os.availableParallelism()),
    memory: `${Math.floor(os.totalmem() / 1024)}Ki`,
    'ephemeral-storage': '104857600Ki',
    pods: String(MAX_PODS),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: identity.name,
      labels: labelsOf(identity),
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: { podCIDR: identity.podCidr, podCIDRs: [identity.podCidr] },
    status: {
      addresses: [
        { type: 'InternalIP', address: identity.ip },
        { type: 'Hostname', address: identity.name },
      ],
      capacity: amounts,
      allocatable: amounts,
      conditions: healthyConditions([], now),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(identity.kubernetesVersion),
    },
  };
}

function labelsOf({ name, zone }: NodeIdentity): Record<string, string> {
  const arch = os.arch() === 'x64' ? 'amd64' : os.arch();
  return {
    'beta.kubernetes.io/arch': arch,
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': arch,
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'topology.kubernetes.io/region': 'local',
    'topology.kubernetes.io/zone': zone,
  };
}

function nodeInfo(kubernetesVersion: string): NonNullable<NonNullable<Node['status']>['nodeInfo']> {
  return {
    architecture: os.arch() === 'x64' ? 'amd64' : os.arch(),
    bootID: '00000000-0000-0000-0000-000000000000',
    containerRuntimeVersion: 'tocsin-sandbox://0.1.0',
    kernelVersion: os.release(),
    kubeProxyVersion: '',
    kubeletVersion: kubernetesVersion,
    machineID: '00000000-0000-0000-0000-000000000000',
    operatingSystem: 'linux',
    osImage: 'Tocsin sandbox',
    systemUUID: '00000000-0000-0000-0000-000000000000',
  };
}

const HEALTHY: readonly Pick<Condition, 'type' | 'status' | 'reason' | 'message'>[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];

/** The conditions of a healthy node, heartbeat now; times of transition stay where a status stays. */
export function healthyConditions(before: readonly Condition[], now: string): Condition[] {
  return HEALTHY.map((condition) => {
    const last = before.find((earlier) => earlier.type === condition.type);
    const kept = last?.status === condition.status ? last.lastTransitionTime : undefined;
    return { ...condition, lastHeartbeatTime: now, lastTransitionTime: kept ?? now };
  });
}
