import type { Container, Pod, Secret, Service } from '#store';
import { describe, expect, it } from 'vitest';
import { buildEnvironment, expand, type EnvironmentSources } from './environment.ts';

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'api-1', namespace: 'platform' },
  spec: { containers: [], nodeName: 'node-a' },
};
const database: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'postgres-service' },
  spec: { clusterIP: '127.20.200.2', ports: [{ name: 'sql', port: 5432 }] },
};
const secret: Secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db' },
  data: { password: Buffer.from('pä$$').toString('base64') },
};
const sources: EnvironmentSources = {
  pod,
  podIp: '127.20.1.7',
  nodeIp: '127.20.0.11',
  services: [database],
  secret: (name) => (name === 'db' ? secret : undefined),
  configMap: () => undefined,
};
const build = (env: Container['env']) =>
  buildEnvironment({ name: 'api', image: 'x', ...(env && { env }) }, sources);
const fromSecret = (name: string, key: string, optional?: boolean) => ({
  name: 'P',
  valueFrom: { secretKeyRef: { name, key, ...(optional === undefined ? {} : { optional }) } },
});

describe('buildEnvironment', () => {
  it('joins services, secrets, fields and references', () => {
    const result = build([
      { name: 'PGHOST', value: '$(POSTGRES_SERVICE_SERVICE_HOST):$(POSTGRES_SERVICE_SERVICE_PORT_SQL)' },
      { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      fromSecret('db', 'password'),
    ]);
    expect(result).toMatchObject({ PGHOST: '127.20.200.2:5432', HOST: '127.20.1.7', P: 'pä$$' });
  });

  it.each([
    [fromSecret('none', 'password'), 'secret "none" not found'],
    [fromSecret('db', 'user'), "couldn't find key user in Secret platform/db"],
    [
      { name: 'X', valueFrom: { fieldRef: { fieldPath: 'spec.moon' } } },
      'fieldPath spec.moon is not implemented by the sandbox',
    ],
  ])('says why not: %o', (variable, error) => {
    expect(() => build([variable])).toThrow(error);
  });

  it('leaves out what is optional and missing', () => {
    expect(build([fromSecret('none', 'x', true)])).not.toHaveProperty('P');
  });
});

it.each([
  ['$(A)-$(B)', '1-$(B)'],
  ['$$(A)', '$(A)'],
  ['$A $(A', '$A $(A'],
])('expand %s to %s', (text, expected) => {
  expect(expand(text, { A: '1' })).toBe(expected);
});
