import { expect, it } from 'vitest';
import { nodeToDrain } from './drains.ts';

const pod = (app: string, node: string | null) => ({
  name: `${app}-${node}`,
  app,
  node,
  ready: 'True',
  terminating: false,
});

it('drains a node that runs the service and nothing else', () => {
  const pods = [pod('api', 'a'), pod('postgres', 'a'), pod('api', 'b'), pod('redis', 'c'), pod('api', null)];
  expect(nodeToDrain({ pods }, 'api')).toBe('b');
  expect(() => nodeToDrain({ pods: pods.slice(0, 2) }, 'api')).toThrow(
    'no node runs a pod of api and no other',
  );
});
