import { expect, it } from 'vitest';
import type { Service } from '#store';
import { hostsText } from './own-place.ts';

function service(name: string, namespace: string, clusterIP: string): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { clusterIP } };
}

it('gives Services the names that cluster DNS gives them, the short one in their own namespace only', () => {
  const services = [
    service('db', 'platform', '127.16.200.2'),
    service('db', 'other', '127.16.200.3'),
    service('headless', 'platform', 'None'),
  ];
  expect(hostsText(services, { name: 'debug', namespace: 'platform', ip: '127.16.1.4' })).toBe(
    [
      '127.0.0.1 localhost',
      '::1 localhost',
      '127.16.200.2 db db.platform db.platform.svc db.platform.svc.cluster.local',
      '127.16.200.3 db.other db.other.svc db.other.svc.cluster.local',
      '127.16.1.4 debug',
      '',
    ].join('\n'),
  );
});
