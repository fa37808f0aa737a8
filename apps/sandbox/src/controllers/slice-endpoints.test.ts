import type { Pod, Service } from '#store';
import { expect, it } from 'vitest';
import { sliceEndpoints, slicePorts } from './slice-endpoints.ts';

const pod = (
  ready: boolean,
  more: { deleted?: boolean; phase?: 'Running' | 'Failed'; ip?: string } = {},
): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'p',
    namespace: 'n',
    uid: 'u',
    ...(more.deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
  },
  spec: {
    nodeName: 'node-a',
    containers: [{ name: 'api', image: 'x', ports: [{ name: 'http', containerPort: 8080 }] }],
  },
  status: {
    phase: more.phase ?? 'Running',
    podIP: more.ip ?? '127.20.1.1',
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
  },
});

it.each([
  [pod(true), { ready: true, serving: true, terminating: false }],
  [pod(false), { ready: false, serving: false, terminating: false }],
  [pod(true, { deleted: true }), { ready: false, serving: true, terminating: true }],
])('case %#', (subject, conditions) => {
  const [endpoint] = sliceEndpoints([subject], () => 'zone-a');
  expect(endpoint).toMatchObject({
    conditions,
    addresses: ['127.20.1.1'],
    zone: 'zone-a',
    nodeName: 'node-a',
  });
});

it('leaves out pods that have ended', () => {
  expect(sliceEndpoints([pod(false, { phase: 'Failed' })], () => undefined)).toEqual([]);
});

const service = (targetPort: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's' },
  spec: { ports: [{ name: 'web', port: 80, targetPort }] },
});

it('finds named target ports in the containers, and none that no container has', () => {
  expect(slicePorts(service('http'), [pod(true)])).toEqual([{ name: 'web', port: 8080, protocol: 'TCP' }]);
  expect(slicePorts(service('other'), [pod(true)])).toEqual([]);
});
