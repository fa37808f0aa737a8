import { expect, test } from 'vitest';
import { readChange } from './change.ts';
import { patchOf } from './patch-of.ts';

const revisions = [3, 2, 1].map((number) => ({
  number,
  createdAt: number,
  template: `t${number}`,
  podTemplate: { spec: { number } },
}));
const about = { namespace: 'platform', revisions, at: Date.UTC(2026, 0, 31, 3) };
const deployment = '/apis/apps/v1/namespaces/platform/deployments/api';

const patch = (...argv: string[]) => patchOf(readChange([['kubectl', ...argv]]), ['kubectl', ...argv], about);
const body = (number: number) => [{ op: 'replace', path: '/spec/template', value: { spec: { number } } }];

test('a cordon and a drain close the node, an uncordon opens it', () => {
  const node = { path: '/api/v1/nodes/node-b', body: { spec: { unschedulable: true } } };
  expect(patch('cordon', 'node-b')).toMatchObject(node);
  expect(patch('drain', 'node-b', '--ignore-daemonsets')).toMatchObject(node);
  expect(patch('uncordon', 'node-b')).toMatchObject({ body: { spec: { unschedulable: false } } });
});

test('a restart marks the pod template with its time, in the namespace that is named', () => {
  expect(patch('rollout', 'restart', 'statefulset/postgres', '-n', 'data')).toMatchObject({
    path: '/apis/apps/v1/namespaces/data/statefulsets/postgres',
    body: {
      spec: {
        template: {
          metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-31T03:00:00.000Z' } },
        },
      },
    },
  });
});

test('an undo puts the template of the revision before, or of the one named, in the place of the present one', () => {
  expect(patch('rollout', 'undo', 'deployment/api')).toMatchObject({ path: deployment, body: body(2) });
  expect(patch('rollout', 'undo', 'deployment/api', '--to-revision=1')).toMatchObject({ body: body(1) });
  expect(patch('rollout', 'undo', 'deployment/api', '--to-revision=9')).toBeNull();
});

test('a memory limit is sent as it is written; what is not understood is not tried', () => {
  const limits = {
    spec: { template: { spec: { containers: [{ name: 'api', resources: { limits: { memory: '1Gi' } } }] } } },
  };
  expect(patch('patch', 'deployment', 'api', '-p', JSON.stringify(limits))).toMatchObject({
    path: deployment,
    body: limits,
  });
  expect(patch('scale', 'deployment/api', '--replicas=5')).toBeNull();
  expect(patch('delete', 'networkpolicy', 'deny')).toBeNull();
});
