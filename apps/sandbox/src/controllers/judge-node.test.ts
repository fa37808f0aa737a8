import { describe, expect, it } from 'vitest';
import { silentConditions, taintsFor } from './judge-node.ts';

const now = '2026-01-01T00:01:00Z';
const earlier = '2026-01-01T00:00:00Z';
const unreachable = (effect: string, timeAdded = now) => ({
  key: 'node.kubernetes.io/unreachable',
  effect,
  timeAdded,
});

describe('taintsFor', () => {
  it.each([
    ['True', false, []],
    ['True', true, [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: now }]],
    ['Unknown', false, [unreachable('NoSchedule'), unreachable('NoExecute')]],
  ] as const)('Ready=%s, cordoned %s', (ready, unschedulable, expected) => {
    expect(taintsFor([], { ready, unschedulable, now })).toEqual(expected);
  });

  it('keeps the time of a standing taint and the taints of others', () => {
    const other = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' };
    const before = [other, unreachable('NoExecute', earlier)];
    const after = taintsFor(before, { ready: 'Unknown', unschedulable: false, now });
    expect(after).toEqual([other, unreachable('NoSchedule'), unreachable('NoExecute', earlier)]);
    expect(taintsFor(after, { ready: 'True', unschedulable: false, now })).toEqual([other]);
  });
});

it('makes every condition Unknown and keeps the last heartbeat', () => {
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    lastHeartbeatTime: earlier,
    lastTransitionTime: earlier,
  } as const;
  expect(silentConditions([ready], now)).toEqual([
    {
      type: 'Ready',
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastHeartbeatTime: earlier,
      lastTransitionTime: now,
    },
  ]);
});
