import { expect, it } from 'vitest';
import type { SandboxStatus } from './sandbox-client.ts';
import { isWhole } from './wait-whole.ts';

const node = { name: 'node-a', ready: 'True', unschedulable: false };
const pod = { name: 'api-1', ready: 'True', terminating: false };
const whole: SandboxStatus = { ready: true, nodes: [node], pods: [pod], faults: [] };

it.each<[string, Partial<SandboxStatus>, boolean]>([
  ['as it was', {}, true],
  ['a workload is incomplete', { ready: false }, false],
  ['a node is gone', { nodes: [{ ...node, ready: 'Unknown' }] }, false],
  ['a node is cordoned', { nodes: [{ ...node, unschedulable: true }] }, false],
  ['a pod is not ready', { pods: [{ ...pod, ready: 'False' }] }, false],
  ['a pod is on its way out', { pods: [{ ...pod, terminating: true }] }, false],
  ['a fault is in force', { faults: [{ id: 'f1', kind: 'node-frozen' }] }, false],
])('%s', (_, change, expected) => expect(isWhole({ ...whole, ...change })).toBe(expected));
