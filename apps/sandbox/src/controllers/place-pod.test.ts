import type { Node, Pod, PodSpec, Taint } from '#store';
import { describe, expect, it } from 'vitest';
import { placePod } from './place-pod.ts';

const node = (
  name: string,
  more: { taints?: Taint[]; unschedulable?: boolean; memory?: string } = {},
): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': `zone-of-${name}` },
  },
  spec: { ...(more.taints && { taints: more.taints }), ...(more.unschedulable && { unschedulable: true }) },
  status: { allocatable: { cpu: '2', memory: more.memory ?? '4Gi', pods: '10' } },
});
const pod = (name: string, spec: Partial<PodSpec> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'platform', labels: { app: 'api' } },
  spec: {
    containers: [{ name: 'api', image: 'x', resources: { requests: { memory: '1Gi', cpu: '100m' } } }],
    ...spec,
  },
});
const spread = (whenUnsatisfiable: string) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable,
      labelSelector: { matchLabels: { app: 'api' } },
    },
  ],
});
const lost = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' };

describe('placePod', () => {
  it('goes to the emptiest node, and to the emptiest zone when asked to spread', () => {
    const nodes = ['a', 'b', 'c'].map((name) => node(name));
    const placed = [pod('1', { nodeName: 'a' }), pod('2', { nodeName: 'b' })];
    expect(placePod(pod('3'), nodes, placed)).toEqual({ nodeName: 'c' });
    expect(placePod(pod('3', spread('ScheduleAnyway')), nodes, placed)).toEqual({ nodeName: 'c' });
  });

  it('counts why each node was ruled out', () => {
    const nodes = [
      node('a', { unschedulable: true }),
      node('b', { taints: [lost] }),
      node('c', { memory: '512Mi' }),
    ];
    const placement = placePod(pod('1'), nodes, []);
    expect('reasons' in placement && [...placement.reasons]).toEqual([
      ['node(s) were unschedulable', 1],
      ['node(s) had untolerated taint {node.kubernetes.io/unreachable: }', 1],
      ['Insufficient memory', 1],
    ]);
  });

  it('keeps a hard spread even when that leaves no node', () => {
    const nodes = [node('a'), node('b', { unschedulable: true })];
    const placement = placePod(pod('2', spread('DoNotSchedule')), nodes, [pod('1', { nodeName: 'a' })]);
    expect(placement).toHaveProperty('reasons');
  });

  it('follows the node selector', () => {
    const wish = { nodeSelector: { 'kubernetes.io/hostname': 'b' } };
    expect(placePod(pod('1', wish), [node('a'), node('b')], [pod('2', { nodeName: 'b' })])).toEqual({
      nodeName: 'b',
    });
  });
});
