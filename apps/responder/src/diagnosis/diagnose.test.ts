import { describe, expect, it } from 'vitest';
import { facts, node, now, pod, probes, read } from '../../test/facts/build-facts.ts';
import { event } from '../../test/facts/build-outages.ts';
import { diagnose } from './diagnose.ts';

const silentB = [read('a', 'ok'), read('b', 'timeout'), read('c', 'ok')];
const withB = (changes: Parameters<typeof node>[1]) => ({
  nodes: [node('a'), node('b', changes), node('c')],
});

/** Named best while node-b is silent and its kubelet and another were asked so long ago. */
const asked = (b: boolean, agoMs: number, { others = true, overMs = 5000 } = {}) =>
  diagnose(
    facts({
      directReads: silentB,
      probes: probes({ count: 40, failed: 13, outcome: 'timeout', overMs }),
      kubelets: [
        { at: now - agoMs, node: 'node-b', answered: b, durationMs: 20 },
        { at: now - agoMs, node: 'node-a', answered: others, durationMs: 20 },
      ],
    }),
  )[0];

describe('node failure', () => {
  it('is named from the joint silence alone, and says what would settle it', () => {
    const [first] = diagnose(facts({ directReads: silentB }));
    expect(first).toMatchObject({ id: 'node-failure', subject: 'node/node-b' });
    expect(first?.confidence).toBeGreaterThanOrEqual(0.65);
    expect(first?.confidence).toBeLessThan(0.95);
    expect(first?.settles).toContain('the lease of node-b is 4 s old: proves nothing before 40 s');
    expect(first?.for.join()).toContain('2 pods elsewhere answer');
  });

  it('is no longer named when the kubelet shows life: a single process hangs', () => {
    const hanging = probes({ count: 40, failed: 13, outcome: 'timeout', overMs: 20_000 });
    const withLease = (agoMs: number) =>
      facts({ directReads: silentB, probes: hanging }, withB({ leaseRenewedAt: now - agoMs }));
    expect(diagnose(withLease(19_800)).map((one) => one.id)).toEqual(['node-failure']);
    expect(diagnose(withLease(4000)).map((one) => one.id)).toEqual(['unknown']);
    const told = event('pod/api-b', 'Unhealthy', 'Readiness probe failed: context deadline exceeded');
    const withEvent = facts(
      { directReads: silentB, probes: hanging },
      { ...withB({ leaseRenewedAt: now - 19_800 }), events: [told] },
    );
    expect(diagnose(withEvent).map((one) => one.id)).toEqual(['unknown']);
  });

  it('is settled by asking kubelets for a log: one that gives it lives, one that alone gives none is gone', () => {
    expect(asked(true, 2000)?.id).toBe('unknown');
    expect(asked(false, 2000)).toMatchObject({ id: 'node-failure', confidence: 0.9 });
    expect(asked(false, 2000)?.for).toContain('its kubelet gives no log of a pod, those of other nodes do');
    // A control plane that reaches none of them.
    expect(asked(false, 2000, { others: false })).toMatchObject({ id: 'node-failure', confidence: 0.7 });
    // Of the time before requests failed: it is asked again first, unless that takes too long.
    expect(asked(true, 30_000)?.id).toBe('unknown');
    expect(asked(true, 30_000, { overMs: 7500 })).toMatchObject({ id: 'node-failure', confidence: 0.7 });
  });

  it('gets surer as lease and condition follow', () => {
    const confidences = [4000, 25_000, 45_000]
      .map((age) => diagnose(facts({ directReads: silentB }, withB({ leaseRenewedAt: now - age }))))
      .concat([
        diagnose(facts({ directReads: silentB }, withB({ leaseRenewedAt: now - 55_000, ready: 'Unknown' }))),
      ])
      .map(([first]) => first?.confidence ?? 0);
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(confidences.at(-1)).toBeGreaterThan(0.95);
  });

  it('stays when the dead pod is being deleted', () => {
    const pods = [
      pod('a'),
      pod('b', { deletionAt: now - 1000, ready: false }),
      pod('c'),
      pod('d', { nodeName: 'node-a' }),
    ];
    expect(diagnose(facts({ directReads: silentB }, { pods }))[0]?.id).toBe('node-failure');
  });

  it.each([
    { name: 'a cordoned node', cluster: withB({ unschedulable: true }), reads: [] },
    { name: 'an old lease alone', cluster: withB({ leaseRenewedAt: now - 45_000 }), reads: [] },
    {
      name: 'a pod that refuses',
      cluster: {},
      reads: [read('a', 'ok'), read('b', 'refused'), read('c', 'ok')],
    },
    { name: 'silence everywhere', cluster: {}, reads: [read('a', 'timeout'), read('b', 'timeout')] },
  ])('is not named for $name', ({ cluster, reads }) => {
    const named = diagnose(facts({ directReads: reads }, cluster)).map((one) => one.id);
    expect(named).not.toContain('node-failure');
  });

  it('is doubted when most nodes go at once', () => {
    const nodes = [node('a'), node('b', { ready: 'Unknown' }), node('c', { ready: 'Unknown' })];
    expect(diagnose(facts({}, { nodes })).map((one) => one.id)).toEqual(['unknown']);
  });
});

describe('causes', () => {
  it('are unknown when nothing speaks, with what was ruled out', () => {
    const [only] = diagnose(facts());
    expect(only).toMatchObject({ id: 'unknown', subject: '', confidence: 0 });
    expect(only?.against).toContain('not node-failure: no node is silent or not Ready');
  });

  it('belong to the dependency that brings them about', () => {
    const base = facts().cluster;
    const [api] = base.workloads;
    const postgres = {
      ...api,
      kind: 'statefulset' as const,
      name: 'postgres',
      readyReplicas: 0,
      replicas: 0,
      selector: { app: 'pg' },
    };
    const unready = { ready: false, readyChangedAt: now - 70_000 };
    const pods = ['a', 'b', 'c'].map((letter) => pod(letter, unready));
    const found = diagnose(
      facts({ directReads: [] }, { pods, workloads: [...base.workloads, postgres as never] }),
    );
    expect(found.map((one) => `${one.id} ${one.subject}`)).toEqual(['dependency-down statefulset/postgres']);
  });

  it('are both named when there are two', () => {
    const dead = { reason: 'OOMKilled', exitCode: 137, finishedAt: now - 3000 };
    const [container] = pod('a').containers;
    const oom = pod('a', { containers: [{ ...container, restartCount: 3, lastTermination: dead } as never] });
    const found = diagnose(facts({ directReads: silentB }, { pods: [oom, pod('b'), pod('c')] }));
    expect(found.map((one) => one.id).toSorted()).toEqual(['memory-exhaustion', 'node-failure']);
  });
});

it('a tenant that fails alone is named although all failed in an outage shortly before', () => {
  const before = probes({ count: 10, failed: 10 }).map((one) => ({
    ...one,
    startedAt: one.startedAt - 40_000,
    endedAt: one.endedAt - 40_000,
  }));
  const alone = probes({ tenants: ['t1'], count: 20, failed: 20 });
  const served = probes({ tenants: ['t2', 't3', 't4', 't5'], count: 20 });
  const all = [...before, ...[...alone, ...served].toSorted((a, b) => a.endedAt - b.endedAt)];
  expect(diagnose(facts({ probes: all }))[0]).toMatchObject({ id: 'tenant-errors', subject: 'tenant/t1' });
});
