import { expect, test } from 'vitest';
import { endpoint, liveView, node, podOn, workload } from '../fixtures/live-view.ts';
import type { LiveView } from '../live-view.ts';
import { readChange, type Change } from '../prepare/change.ts';
import { holds, postCheck, type Before } from './post-check.ts';

const cordon = readChange([['kubectl', 'cordon', 'node-b']]);
const uncordon = readChange([['kubectl', 'uncordon', 'node-b']]);
const drain = readChange([['kubectl', 'drain', 'node-b']]);
const restart = readChange([['kubectl', 'rollout', 'restart', 'deployment/multitenant-api']]);
const before: Before = { generation: 4 };

const cordoned = [node('node-a'), node('node-b', { unschedulable: true }), node('node-c')];
const moved = [
  podOn('api-a', 'node-a'),
  podOn('api-b', 'node-b', { deletionAt: 1 }),
  podOn('api-c', 'node-c'),
  podOn('api-d', 'node-a', { ready: false }),
];
const drained: Partial<LiveView> = {
  nodes: cordoned,
  servicePods: moved,
  nodePods: [
    podOn('api-b', 'node-b', { deletionAt: 1 }),
    podOn('proxy', 'node-b', { daemon: true }),
    podOn('done', 'node-b', { phase: 'Succeeded' }),
  ],
  endpoints: [
    endpoint('node-a'),
    endpoint('node-b', { ready: false, terminating: true }),
    endpoint('node-c'),
  ],
};

const removal = readChange([['kubectl', 'delete', 'networkpolicy', 'shut', '-n', 'platform']]);
const shut = { uid: 'u', name: 'shut', namespace: 'platform', createdAt: 0 };

const rows: readonly (readonly [string, Change, Partial<LiveView>, boolean])[] = [
  ['cordon: unschedulable', cordon, { nodes: cordoned }, true],
  ['cordon: still schedulable', cordon, {}, false],
  ['cordon: the node is gone', cordon, { nodes: [node('node-a')] }, false],
  ['uncordon: schedulable', uncordon, {}, true],
  ['uncordon: still cordoned', uncordon, { nodes: cordoned }, false],
  ['drain: a dead kubelet never confirms, a terminating pod is enough', drain, drained, true],
  ['drain: a pod is left', drain, { ...drained, nodePods: [podOn('api-b', 'node-b')] }, false],
  ['drain: its endpoint is still ready', drain, { ...drained, endpoints: [endpoint('node-b')] }, false],
  ['drain: no replacement yet', drain, { ...drained, servicePods: moved.slice(0, 3) }, false],
  ['drain: not cordoned', drain, { ...drained, nodes: liveView().nodes }, false],
  ['restart: nothing written', restart, {}, false],
  [
    'restart: written and converged',
    restart,
    { workload: workload({ generation: 5, observedGeneration: 5 }) },
    true,
  ],
  ['restart: not observed', restart, { workload: workload({ generation: 5 }) }, false],
  [
    'restart: half updated',
    restart,
    { workload: workload({ generation: 5, observedGeneration: 5, updatedReplicas: 1 }) },
    false,
  ],
  [
    'restart: not available',
    restart,
    { workload: workload({ generation: 5, observedGeneration: 5, availableReplicas: 2 }) },
    false,
  ],
  ['a policy: gone', removal, {}, true],
  ['a policy: still there', removal, { policies: [shut] }, false],
  ['a policy: not to be read', removal, { policies: null }, false],
  ['restart: the workload is gone', restart, { workload: null }, false],
];

test.each(rows)('%s', (...[, change, live, expected]) => {
  expect(holds(postCheck(change, liveView(live), before))).toBe(expected);
});

test('a restart whose beginning was not noted is not claimed', () => {
  const live = liveView({ workload: workload({ generation: 5, observedGeneration: 5 }) });
  expect(holds(postCheck(restart, live, { generation: null }))).toBe(false);
});

test('a command that is not understood shows nothing, and nothing does not hold', () => {
  const other = readChange([['kubectl', 'delete', 'pod', 'x']]);
  expect(postCheck(other, liveView(), before)).toEqual([]);
  expect(holds([])).toBe(false);
});
