import type { DirectRead, Facts, NodeFact, PodFact, ProbeOutcome, ProbeSample } from '#facts';

/** The instant that built facts speak of. */
export const now = Date.parse('2026-11-23T09:00:00Z');

export const tenants = ['t1', 't2', 't3', 't4', 't5'] as const;

/** A healthy pod of the service; `letter` is its node's. */
export function pod(letter: string, changes: Partial<PodFact> = {}): PodFact {
  return {
    uid: `uid-${letter}`,
    name: `api-${letter}`,
    namespace: 'platform',
    labels: { app: 'api' },
    nodeName: `node-${letter}`,
    podIp: `10.0.0.${letter.charCodeAt(0)}`,
    phase: 'Running',
    ready: true,
    readyChangedAt: now - 600_000,
    createdAt: now - 600_000,
    deletionAt: null,
    owner: 'replicaset/api-1',
    containers: [
      {
        name: 'api',
        image: 'api:1',
        restartCount: 0,
        state: 'running',
        reason: null,
        lastTermination: null,
        memoryLimitBytes: null,
      },
    ],
    ...changes,
  };
}

export function node(letter: string, changes: Partial<NodeFact> = {}): NodeFact {
  return {
    uid: `uid-node-${letter}`,
    name: `node-${letter}`,
    zone: `zone-${letter}`,
    ready: 'True',
    readyChangedAt: now - 600_000,
    unschedulable: false,
    taints: [],
    leaseRenewedAt: now - 4000,
    controlPlane: false,
    pressures: [],
    ...changes,
  };
}

/** A direct read of a pod, one second ago. */
export function read(letter: string, outcome: ProbeOutcome, agoMs = 1000): DirectRead {
  const status = outcome === 'ok' ? 200 : outcome === 'http-error' ? 503 : null;
  return {
    at: now - agoMs,
    subject: `pod/api-${letter}`,
    nodeName: `node-${letter}`,
    outcome,
    status,
    durationMs: outcome === 'ok' ? 3 : 1000,
  };
}

interface ProbeRun {
  readonly tenants?: readonly string[];
  /** Requests of each tenant over the run. */
  readonly count?: number;
  /** Each tenant's first requests fail, so many. */
  readonly failed?: number;
  readonly outcome?: ProbeOutcome;
  readonly durationMs?: number;
  /** The run lasts until now and began so long ago. */
  readonly overMs?: number;
}

/** Outside probes spread evenly over a time; failures are spread evenly too. */
export function probes(run: ProbeRun = {}): readonly ProbeSample[] {
  const { count = 20, failed = 0, outcome = 'http-error', durationMs = 20, overMs = 9800 } = run;
  const all = (run.tenants ?? tenants).flatMap((tenant) =>
    Array.from({ length: count }, (_, i) => {
      const endedAt = now - overMs + ((i + 1) * overMs) / count;
      const fails = Math.floor(((i + 1) * failed) / count) > Math.floor((i * failed) / count);
      return {
        startedAt: endedAt - durationMs,
        endedAt,
        target: 'data',
        tenant,
        outcome: fails ? outcome : ('ok' as const),
        status: fails ? 500 : 200,
        durationMs,
      };
    }),
  );
  return all.toSorted((a, b) => a.endedAt - b.endedAt);
}

/** Three healthy pods on three nodes under green probes; change what the test is about. */
export function facts(changes: Partial<Facts> = {}, cluster: Partial<Facts['cluster']> = {}): Facts {
  const letters = ['a', 'b', 'c'];
  return {
    at: now,
    service: {
      id: 'api',
      namespace: 'platform',
      deployment: 'api',
      service: 'api-service',
      podLabels: { app: 'api' },
      dependencies: ['statefulset/postgres'],
    },
    probes: probes(),
    pending: [],
    controls: [],
    directReads: letters.map((letter) => read(letter, 'ok')),
    metrics: [],
    cluster: {
      readable: true,
      lastReadAt: now,
      pods: letters.map((letter) => pod(letter)),
      nodes: letters.map((letter) => node(letter)),
      endpoints: letters.map((letter) => ({
        service: 'api-service',
        address: `10.0.0.${letter.charCodeAt(0)}`,
        podName: `api-${letter}`,
        nodeName: `node-${letter}`,
        ready: true,
        terminating: false,
      })),
      workloads: [
        {
          kind: 'deployment',
          uid: 'uid-api',
          name: 'api',
          namespace: 'platform',
          replicas: 3,
          updatedReplicas: 3,
          readyReplicas: 3,
          availableReplicas: 3,
          generation: 2,
          observedGeneration: 2,
          revision: '1',
          changedAt: null,
          selector: { app: 'api' },
        },
      ],
      services: [
        {
          uid: 'uid-service',
          name: 'api-service',
          namespace: 'platform',
          selector: { app: 'api' },
          clusterIp: '10.1.0.1',
          targetPorts: [8080],
        },
      ],
      networkPolicies: [],
      events: [],
      ...cluster,
    },
    logSignatures: [],
    checks: [],
    alerts: [],
    reports: [],
    ...changes,
  };
}

/** The same facts, seen later: every instant moves along, as if nothing had changed meanwhile. */
export function later(from: Facts, byMs: number): Facts {
  const move = <T extends { startedAt: number; endedAt: number }>(one: T) => ({
    ...one,
    startedAt: one.startedAt + byMs,
    endedAt: one.endedAt + byMs,
  });
  return {
    ...from,
    at: from.at + byMs,
    probes: from.probes.map(move),
    pending: from.pending.map((one) => ({ ...one, startedAt: one.startedAt + byMs })),
    controls: from.controls.map((one) => ({ ...one, at: one.at + byMs })),
    directReads: from.directReads.map((one) => ({ ...one, at: one.at + byMs })),
    metrics: from.metrics.map((one) => ({ ...one, from: one.from + byMs, to: one.to + byMs })),
    checks: from.checks.map((one) => ({ ...one, at: one.at + byMs })),
  };
}
