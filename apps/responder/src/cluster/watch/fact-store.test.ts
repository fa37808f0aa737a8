import { beforeAll, describe, expect, it } from 'vitest';
import { keptRecording } from '../../../test/recordings.ts';
import type { Recording } from '#recordings';
import { createFactStore } from './fact-store.ts';
import type { ObjectFacts } from './object-facts.ts';

/** What the objects of a recording say so many seconds after the injection. */
function factsAt(recording: Recording, seconds: number): ObjectFacts {
  const store = createFactStore();
  const until = recording.injectedAt + seconds * 1000;
  for (const { at, type, resource, object } of recording.watch) {
    if (at > until) break;
    if (type === 'DELETED') store.remove(resource, object);
    else store.upsert(resource, object);
  }
  return store.facts();
}

let nodeDead: Recording;
let crashing: Recording;
beforeAll(() => {
  nodeDead = keptRecording('node-kubelet-dead');
  crashing = keptRecording('crash-loop-bad-command');
});

describe('objects of a real cluster become facts', () => {
  it('a healthy service', () => {
    const facts = factsAt(nodeDead, 0);
    const pods = facts.pods.filter((pod) => pod.labels['app'] === 'multitenant-api');
    expect(pods).toHaveLength(3);
    expect(pods.every((pod) => pod.ready && pod.phase === 'Running' && pod.deletionAt === null)).toBe(true);
    expect(pods[0]).toMatchObject({ owner: expect.stringMatching(/^replicaset\/multitenant-api-/) });
    expect(pods[0]?.containers[0]).toMatchObject({
      name: 'api',
      state: 'running',
      memoryLimitBytes: 160 * 2 ** 20,
      ports: [8080],
    });
    expect(
      facts.endpoints.filter((one) => one.service === 'multitenant-api-service' && one.ready),
    ).toHaveLength(3);
    expect(facts.workloads.find((one) => one.name === 'multitenant-api')).toMatchObject({
      kind: 'deployment',
      replicas: 3,
      readyReplicas: 3,
      revision: '5',
      selector: { app: 'multitenant-api' },
    });
    expect(facts.services.find((one) => one.name === 'multitenant-api-service')).toMatchObject({
      clusterIp: '10.96.100.10',
      targetPorts: [8080],
    });
  });

  it('a node whose kubelet is dead', () => {
    const node = factsAt(nodeDead, 55).nodes.find((one) => one.name === 'kn2');
    expect(node).toMatchObject({
      ready: 'Unknown',
      zone: 'zone-b',
      unschedulable: false,
      controlPlane: false,
    });
    expect(node?.taints).toContain('node.kubernetes.io/unreachable:NoExecute');
    expect(nodeDead.injectedAt + 55_000 - (node?.leaseRenewedAt ?? 0)).toBeGreaterThan(40_000);
  });

  it('containers that end by themselves', () => {
    const facts = factsAt(crashing, 60);
    const containers = facts.pods
      .filter((pod) => pod.labels['app'] === 'multitenant-api')
      .flatMap((pod) => pod.containers);
    expect(containers.some((one) => one.state === 'waiting' && one.reason === 'CrashLoopBackOff')).toBe(true);
    expect(containers[0]?.lastTermination).toMatchObject({ reason: 'Error', exitCode: 1 });
    expect(facts.events.some((one) => one.reason === 'BackOff' && one.subject.startsWith('pod/'))).toBe(true);
  });
});

describe('the store', () => {
  it('forgets what a new list no longer holds', () => {
    const store = createFactStore();
    store.upsert('nodes', { metadata: { name: 'a' } });
    store.replace('nodes', [{ metadata: { name: 'b' } }]);
    expect(store.facts().nodes.map((node) => node.name)).toEqual(['b']);
  });

  it('gives the same value until something changes', () => {
    const store = createFactStore();
    const before = store.facts();
    expect(store.facts()).toBe(before);
    store.upsert('nodes', { metadata: { name: 'a' } });
    expect(store.facts()).not.toBe(before);
  });

  it('gives the same lists until something on them changes', () => {
    const store = createFactStore();
    const pod = { metadata: { name: 'api-1' }, status: { phase: 'Running' } };
    store.replace('pods', [pod]);
    store.upsert('nodes', { metadata: { name: 'a' } });
    const { pods, nodes } = store.facts();
    store.upsert('pods', { ...pod, metadata: { ...pod.metadata, annotations: { touched: 'now' } } });
    store.upsert('leases', { metadata: { name: 'a' }, spec: { renewTime: '2026-01-01T00:00:00Z' } });
    expect(store.facts().pods).toBe(pods);
    expect(store.facts().nodes).not.toBe(nodes);
    expect(store.facts().nodes[0]?.leaseRenewedAt).toBe(Date.parse('2026-01-01T00:00:00Z'));
    store.upsert('pods', { ...pod, status: { phase: 'Failed' } });
    expect(store.facts().pods.map((one) => one.phase)).toEqual(['Failed']);
    store.remove('pods', pod);
    expect(store.facts().pods).toEqual([]);
  });

  it('keeps a bounded number of events, the newest', () => {
    const store = createFactStore();
    for (let i = 0; i < 2000; i += 1) {
      const lastTimestamp = new Date(1_700_000_000_000 + i * 10).toISOString();
      store.upsert('events', { metadata: { name: `e${i}` }, reason: `r${i}`, lastTimestamp });
    }
    const { events } = store.facts();
    expect(events.length).toBeLessThanOrEqual(600);
    expect(events.at(-1)?.reason).toBe('r1999');
  });
});
