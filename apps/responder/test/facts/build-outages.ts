import type {
  ContainerFact,
  EventFact,
  Facts,
  LogSignature,
  PodFact,
  PoolGauge,
  RequestMetrics,
  WorkloadFact,
} from '#facts';
import { facts, now, pod } from './build-facts.ts';

/** A container of the service; change what the test is about. */
export function container(changes: Partial<ContainerFact>): ContainerFact {
  return { ...(pod('a').containers[0] as ContainerFact), ...changes };
}

/** An event of some seconds ago. */
export function event(subject: string, reason: string, message: string, agoMs = 5000): EventFact {
  return { at: now - agoMs, reason, message, type: 'Warning', subject, count: 1 };
}

/** Five log lines of each pod that mean the same, the last a second ago. */
export function lines(signature: string, pods = ['api-a', 'api-b', 'api-c']): readonly LogSignature[] {
  return pods.map((name) => ({ signature, pod: name, count: 5, lastAt: now - 1000 }));
}

/** Three rounds of metrics, five seconds apart, in which each pod's pool looks the same. */
export function poolRounds(
  gauge: Omit<PoolGauge, 'pod'>,
  missing: readonly string[] = [],
): readonly RequestMetrics[] {
  const pods = ['api-a', 'api-b', 'api-c'].filter((name) => !missing.includes(name));
  return [11_000, 6000, 1000].map((ago) => ({
    from: now - ago - 5000,
    to: now - ago,
    tenants: [],
    podsScraped: pods,
    podsMissing: missing,
    pools: pods.map((name) => ({ pod: name, ...gauge })),
  }));
}

const workload = (kind: WorkloadFact['kind'], name: string): WorkloadFact => ({
  ...(facts().cluster.workloads[0] as WorkloadFact),
  kind,
  name,
  uid: `uid-${name}`,
  replicas: 1,
  updatedReplicas: 1,
  readyReplicas: 1,
  availableReplicas: 1,
  selector: { app: name },
});

export const postgres = workload('statefulset', 'postgres');
export const redis = workload('deployment', 'redis');

/** The pod of the database, on the node of pod a. */
export function postgresPod(changes: Partial<PodFact> = {}): PodFact {
  return pod('a', {
    uid: 'uid-pg',
    name: 'postgres-0',
    labels: { app: 'postgres' },
    podIp: '10.0.1.20',
    ...changes,
  });
}

const endpoint = (service: string, address: string) => ({
  service,
  address,
  podName: null,
  nodeName: 'node-a',
  ready: true,
  terminating: false,
});

const serviceOf = (name: string, clusterIp: string, port: number) => ({
  uid: `uid-${name}-service`,
  name: `${name}-service`,
  namespace: 'platform',
  selector: { app: name },
  clusterIp,
  targetPorts: [port],
});

/** Three healthy pods with a database and a cache, each behind a Service; change what the test is about. */
export function dependencyFacts(
  changes: Partial<Facts> = {},
  cluster: Partial<Facts['cluster']> = {},
): Facts {
  const base = facts();
  return facts(
    { service: { ...base.service, dependencies: ['statefulset/postgres', 'deployment/redis'] }, ...changes },
    {
      workloads: [...base.cluster.workloads, postgres, redis],
      services: [
        ...base.cluster.services,
        serviceOf('postgres', '10.1.0.20', 5432),
        serviceOf('redis', '10.1.0.30', 6379),
      ],
      endpoints: [
        ...base.cluster.endpoints,
        endpoint('postgres-service', '10.0.1.20'),
        endpoint('redis-service', '10.0.1.30'),
      ],
      ...cluster,
    },
  );
}
