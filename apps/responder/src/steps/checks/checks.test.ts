import { describe, expect, test } from 'vitest';
import type { Change } from '../prepare/change.ts';
import { budget, liveView, node, podOn, workload } from '../fixtures/live-view.ts';
import type { LiveView } from '../live-view.ts';
import { preChecks, runChecks, unreadable } from './run-checks.ts';

const cordon: Change = { kind: 'cordon', node: 'node-b' };
const drain: Change = {
  kind: 'drain',
  node: 'node-b',
  ignoreDaemonSets: true,
  deleteEmptyDir: true,
  force: false,
  timeoutMs: 60_000,
};
const restart: Change = {
  kind: 'rollout-restart',
  workload: { kind: 'deployment', namespace: 'platform', name: 'multitenant-api' },
};

const undo: Change = {
  kind: 'rollout-undo',
  toRevision: null,
  workload: { kind: 'deployment', namespace: 'platform', name: 'multitenant-api' },
};
const raise: Change = {
  kind: 'memory-limit',
  workload: { kind: 'deployment', namespace: 'platform', name: 'multitenant-api' },
  limits: [{ container: 'api', text: '1Gi', bytes: 2 ** 30 }],
};

/** A pod of the service whose container has so much memory; null: as much as it wants. */
const podWith = (mebibytes: number | null, container = 'api') =>
  podOn('api-a', 'node-a', {
    containers: [
      {
        name: container,
        image: 'api:1',
        restartCount: 0,
        state: 'running',
        reason: null,
        lastTermination: null,
        memoryLimitBytes: mebibytes === null ? null : mebibytes * 2 ** 20,
      },
    ],
  });
/** A pod whose only container waits. */
const podWaiting = (reason: string) =>
  podOn('api-a', 'node-a', {
    containers: podWith(512).containers.map((one) => ({ ...one, state: 'waiting', reason })),
  });
const quota = (hard: Record<string, number>, used: Record<string, number>) => [
  { name: 'compute', hard, used },
];

const of = (number: number, template: string) => ({ number, createdAt: number, template, podTemplate: {} });

const use = (slots: number, used: number) => ({ slots, used, poolSize: 5 });

function verdict(
  name: string,
  change: Change,
  live: LiveView,
  runningSteps: string[] = [],
): boolean | undefined {
  return runChecks({ live, change, runningSteps, ours: [], takesBack: false }, undefined).find(
    (one) => one.name === name,
  )?.ok;
}

type Row = readonly [string, string, Change, Partial<LiveView>, boolean];
const healthy = liveView();

const rows: readonly Row[] = [
  ['one of three pods is gone with its node', 'fleet-healthy', cordon, {}, true],
  [
    'only one of the two other pods is ready, half is enough',
    'fleet-healthy',
    drain,
    { servicePods: [podOn('a', 'node-a', { ready: false }), podOn('b', 'node-b'), podOn('c', 'node-c')] },
    true,
  ],
  [
    'no other pod is ready',
    'fleet-healthy',
    drain,
    {
      servicePods: [
        podOn('a', 'node-a', { ready: false }),
        podOn('b', 'node-b'),
        podOn('c', 'node-c', { ready: false }),
      ],
    },
    false,
  ],
  [
    'every pod sits on this node',
    'fleet-healthy',
    drain,
    { servicePods: [podOn('b', 'node-b'), podOn('b2', 'node-b')] },
    false,
  ],
  [
    'two of three nodes are not ready',
    'fleet-healthy',
    cordon,
    { nodes: [node('node-a'), node('node-b', { ready: 'Unknown' }), node('node-c', { ready: 'False' })] },
    false,
  ],
  [
    'another node is cordoned already',
    'one-node-at-a-time',
    cordon,
    { nodes: [node('node-a', { unschedulable: true }), node('node-b'), node('node-c')] },
    false,
  ],
  [
    'this node is cordoned already',
    'one-node-at-a-time',
    drain,
    { nodes: [node('node-a'), node('node-b', { unschedulable: true }), node('node-c')] },
    true,
  ],
  ['a worker', 'not-control-plane', cordon, {}, true],
  [
    'the control plane',
    'not-control-plane',
    cordon,
    { nodes: [node('node-a'), node('node-b', { controlPlane: true })] },
    false,
  ],
  ['a node that is not there', 'not-control-plane', cordon, { nodes: [node('node-a')] }, false],
  ['two other nodes take pods', 'pods-fit-elsewhere', drain, {}, true],
  [
    'the other nodes take none',
    'pods-fit-elsewhere',
    drain,
    {
      nodes: [
        node('node-a', { unschedulable: true }),
        node('node-b'),
        node('node-c', { taints: ['x=y:NoSchedule'] }),
        node('node-d', { ready: 'Unknown' }),
        node('node-e', { pressures: ['MemoryPressure'] }),
      ],
    },
    false,
  ],
  ['the budget allows one', 'disruption-budget-allows', drain, { budgets: [budget(1)] }, true],
  ['the budget allows none', 'disruption-budget-allows', drain, { budgets: [budget(0)] }, false],
  [
    'a budget over other pods',
    'disruption-budget-allows',
    drain,
    { budgets: [budget(0, { app: 'other' })] },
    true,
  ],
  ['no rollout', 'no-rollout-running', restart, {}, true],
  [
    'generation not seen yet',
    'no-rollout-running',
    restart,
    { workload: workload({ generation: 5 }) },
    false,
  ],
  ['half updated', 'no-rollout-running', restart, { workload: workload({ updatedReplicas: 1 }) }, false],
  [
    'an undo of a stuck rollout',
    'no-rollout-running',
    undo,
    { workload: workload({ updatedReplicas: 1 }) },
    true,
  ],
  ['a release before', 'last-change-ours', undo, { revisions: [of(2, 'b'), of(1, 'a')] }, true],
  ['no release before', 'last-change-ours', undo, { revisions: [of(1, 'a')] }, false],
  ['revisions that may not be read', 'last-change-ours', undo, { revisions: null }, false],
  [
    'a restart of the release is the newest',
    'last-change-ours',
    undo,
    { revisions: [of(3, 'b'), of(2, 'b'), of(1, 'a')] },
    false,
  ],
  ['the workload is not there', 'no-rollout-running', restart, { workload: null }, false],
  ['half a gibibyte before', 'value-raises-limit', raise, { workloadPods: [podWith(512)] }, true],
  ['as much before', 'value-raises-limit', raise, { workloadPods: [podWith(1024)] }, false],
  ['more before', 'value-raises-limit', raise, { workloadPods: [podWith(512), podWith(2048)] }, false],
  ['no limit before', 'value-raises-limit', raise, { workloadPods: [podWith(null)] }, false],
  ['another container', 'value-raises-limit', raise, { workloadPods: [podWith(512, 'proxy')] }, false],
  ['nobody measures', 'database-slots-allow', restart, { connections: null }, false],
  [
    'nobody measures, and there is no database',
    'database-slots-allow',
    restart,
    { connections: null, database: null },
    true,
  ],
  ['three pools and room', 'database-slots-allow', restart, { connections: use(25, 15) }, true],
  ['four pools fill it', 'database-slots-allow', restart, { connections: use(20, 15) }, true],
  ['others hold the rest', 'database-slots-allow', restart, { connections: use(97, 97) }, false],
  ['one slot too few', 'database-slots-allow', raise, { connections: use(19, 15) }, false],
  [
    'a restart of the database itself',
    'database-slots-allow',
    { kind: 'rollout-restart', workload: { kind: 'statefulset', namespace: null, name: 'postgres' } },
    { connections: use(97, 97) },
    true,
  ],
  ['pods are wanted, and run', 'can-help', restart, {}, true],
  ['a restart where no pod is wanted', 'can-help', restart, { workload: workload({ replicas: 0 }) }, false],
  ['an undo where no pod is wanted', 'can-help', undo, { workload: workload({ replicas: 0 }) }, false],
  [
    'a restart of an image that nobody has',
    'can-help',
    restart,
    { workloadPods: [podWaiting('ImagePullBackOff')] },
    false,
  ],
  [
    'an undo of an image that nobody has',
    'can-help',
    undo,
    { workloadPods: [podWaiting('ImagePullBackOff')] },
    true,
  ],
  [
    'a restart of what crashes',
    'can-help',
    restart,
    { workloadPods: [podWaiting('CrashLoopBackOff')] },
    true,
  ],
  [
    'a restart of what no node takes',
    'can-help',
    restart,
    { workloadPods: [podOn('api-a', 'node-a', { unschedulable: true })] },
    false,
  ],
  [
    'a restart while one pod of three waits for its Secret',
    'can-help',
    restart,
    { workloadPods: [podWaiting('CreateContainerConfigError'), podOn('b', 'node-b'), podOn('c', 'node-c')] },
    true,
  ],
  ['no quota', 'quota-allows', restart, {}, true],
  ['quotas that may not be read', 'quota-allows', restart, { quotas: null }, false],
  ['room for one pod more', 'quota-allows', restart, { quotas: quota({ pods: 6 }, { pods: 5 }) }, true],
  [
    'an undo beside a full quota, while every pod is there',
    'quota-allows',
    undo,
    { quotas: quota({ pods: 5 }, { pods: 5 }) },
    true,
  ],
  [
    'an undo while a pod is missing and finds no room',
    'quota-allows',
    undo,
    { workloadPods: [podWith(512)], quotas: quota({ pods: 5 }, { pods: 5 }) },
    false,
  ],
  ['room for no pod more', 'quota-allows', restart, { quotas: quota({ pods: 5 }, { pods: 5 }) }, false],
  [
    'a StatefulSet replaces pods where they are',
    'quota-allows',
    restart,
    { workload: workload({ kind: 'statefulset' }), quotas: quota({ pods: 5 }, { pods: 5 }) },
    true,
  ],
  [
    'three pods of 512 MiB become 1 GiB, and one more for the surge: 2.5 GiB in all',
    'quota-allows',
    raise,
    {
      workloadPods: [podWith(512)],
      quotas: quota({ 'limits.memory': 4 * 2 ** 30 }, { 'limits.memory': 1.5 * 2 ** 30 }),
    },
    true,
  ],
  [
    'the same with a mebibyte less',
    'quota-allows',
    raise,
    {
      workloadPods: [podWith(512)],
      quotas: quota({ 'limits.memory': 4 * 2 ** 30 - 2 ** 20 }, { 'limits.memory': 1.5 * 2 ** 30 }),
    },
    false,
  ],
  ['eviction, bounded', 'drain-without-force', drain, {}, true],
  ['--force', 'drain-without-force', { ...drain, force: true }, {}, false],
  ['no timeout', 'drain-without-force', { ...drain, timeoutMs: null }, {}, false],
  [
    'a bare pod',
    'drain-without-force',
    drain,
    { nodePods: [podOn('lonely', 'node-b', { owner: null })] },
    false,
  ],
  [
    'emptyDir data',
    'drain-without-force',
    { ...drain, deleteEmptyDir: false },
    { nodePods: [podOn('b', 'node-b', { emptyDir: true })] },
    false,
  ],
  [
    'a DaemonSet',
    'drain-without-force',
    { ...drain, ignoreDaemonSets: false },
    { nodePods: [podOn('proxy', 'node-b', { daemon: true, owner: 'daemonset/proxy' })] },
    false,
  ],
];

describe('guards', () => {
  test.each(rows)('%s: %s', (...[, name, change, live, ok]) => {
    expect(verdict(name, change, { ...healthy, ...live })).toBe(ok);
  });

  test('every guard is shown to block', () => {
    const blocking = new Set([...rows.filter((row) => !row[4]).map((row) => row[1]), 'no-other-change']);
    expect(preChecks.map((one) => one.name).filter((name) => !blocking.has(name))).toEqual([]);
  });

  test('another step of ours that runs blocks', () => {
    expect(verdict('no-other-change', cordon, healthy, ['drain-node'])).toBe(false);
    expect(verdict('no-other-change', cordon, healthy)).toBe(true);
  });

  test('a cluster that cannot be read blocks', () => {
    expect(unreadable('timeout')).toEqual([
      { name: 'live-read-works', ok: false, text: 'the cluster cannot be read: timeout' },
    ]);
  });

  test('a check that the document names and nobody knows blocks', () => {
    const results = runChecks(
      { live: healthy, change: cordon, runningSteps: [], ours: [], takesBack: false },
      'moon-phase',
    );
    expect(results.at(-1)).toMatchObject({ name: 'moon-phase', ok: false });
  });
});
