import { expect, it } from 'vitest';
import { hasNodeOfItsOwn, isSettled } from './spread-pods.ts';

const pod = (app: string, node: string, terminating = false) => ({ app, node, terminating });

it('finds the node that runs the service alone', () => {
  const rest = [pod('postgres', 'node-a'), pod('redis', 'node-b'), pod('multitenant-api', 'node-b')];
  expect(hasNodeOfItsOwn({ pods: [...rest, pod('multitenant-api', 'node-c')] })).toBe(true);
  expect(hasNodeOfItsOwn({ pods: [...rest, pod('multitenant-api', 'node-a')] })).toBe(false);
});

it('is not settled while a pod is on its way out', () => {
  expect(isSettled({ ready: true, pods: [pod('multitenant-api', 'node-c', true)] })).toBe(false);
  expect(isSettled({ ready: true, pods: [pod('multitenant-api', 'node-c')] })).toBe(true);
});
