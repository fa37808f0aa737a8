import os from 'node:os';
import { dated, type Condition, type Node } from '#store';

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
const ARCHITECTURE = os.arch() === 'x64' ? 'amd64' : os.arch();

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
  return {
    'beta.kubernetes.io/arch': ARCHITECTURE,
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': ARCHITECTURE,
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'topology.kubernetes.io/region': 'local',
    'topology.kubernetes.io/zone': zone,
  };
}

function nodeInfo(kubernetesVersion: string): NonNullable<Node['status']>['nodeInfo'] {
  return {
    architecture: ARCHITECTURE,
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

const HEALTHY = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

/** The conditions of a healthy node, heartbeat now; times of transition stay where a status stays. */
export function healthyConditions(before: readonly Condition[], now: string): Condition[] {
  return HEALTHY.map(([type, status, reason, message]) =>
    dated({ type, status, reason, message, lastHeartbeatTime: now }, before, now),
  );
}
