import { describe, expect, it } from 'vitest';
import type { NetworkPolicy } from '#store';
import { policyAllows, type PolicyPod } from './policy-allows.ts';

function pod(app: string, namespace = 'platform', ip = '10.0.1.7'): PolicyPod {
  const namespaceLabels = { 'kubernetes.io/metadata.name': namespace };
  return { namespace, labels: { app }, namespaceLabels, namedPorts: { web: 8080 }, ip };
}

function policy(spec: NetworkPolicy['spec'], namespace = 'platform'): NetworkPolicy {
  const metadata = { name: 'a', namespace };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec } as NetworkPolicy;
}

const api = pod('api');
const database = pod('postgres');
const toDatabase = { podSelector: { matchLabels: { app: 'postgres' } } };
const fromApi = { from: [{ podSelector: { matchLabels: { app: 'api' } } }] };

describe('policyAllows', () => {
  it('lets everything through where no policy selects either end', () => {
    expect(policyAllows([], api, database, 5432)).toBe(true);
    expect(
      policyAllows([policy({ podSelector: { matchLabels: { app: 'other' } } })], api, database, 5432),
    ).toBe(true);
    expect(policyAllows([policy({ podSelector: {} }, 'elsewhere')], api, database, 5432)).toBe(true);
  });

  it.each<[string, NetworkPolicy['spec'], PolicyPod, number, boolean]>([
    ['an empty policy closes what it selects', { podSelector: {} }, api, 5432, false],
    ['a rule without peers and ports opens it again', { ...toDatabase, ingress: [{}] }, api, 5432, true],
    ['a peer by label', { ...toDatabase, ingress: [fromApi] }, api, 5432, true],
    ['another label', { ...toDatabase, ingress: [fromApi] }, pod('report'), 5432, false],
    [
      'the same label in another namespace',
      { ...toDatabase, ingress: [fromApi] },
      pod('api', 'default'),
      5432,
      false,
    ],
    [
      'a namespace by label',
      {
        ...toDatabase,
        ingress: [
          { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } } }] },
        ],
      },
      pod('debug', 'default'),
      5432,
      true,
    ],
    ['a port by number', { ...toDatabase, ingress: [{ ports: [{ port: 5432 }] }] }, api, 5432, true],
    ['another port', { ...toDatabase, ingress: [{ ports: [{ port: 5432 }] }] }, api, 5433, false],
    ['a port by name', { ...toDatabase, ingress: [{ ports: [{ port: 'web' }] }] }, api, 8080, true],
    [
      'a name that the pod lacks',
      { ...toDatabase, ingress: [{ ports: [{ port: 'sql' }] }] },
      api,
      5432,
      false,
    ],
    [
      'a range of ports',
      { ...toDatabase, ingress: [{ ports: [{ port: 5000, endPort: 6000 }] }] },
      api,
      5432,
      true,
    ],
    [
      'UDP only',
      { ...toDatabase, ingress: [{ ports: [{ port: 5432, protocol: 'UDP' }] }] },
      api,
      5432,
      false,
    ],
    [
      'a block of addresses',
      { ...toDatabase, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }] },
      api,
      5432,
      true,
    ],
    [
      'a block with an exception',
      { ...toDatabase, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] } }] }] },
      api,
      5432,
      false,
    ],
    [
      'egress closes who connects',
      { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Egress'] },
      api,
      5432,
      false,
    ],
    [
      'egress to a label',
      {
        podSelector: { matchLabels: { app: 'api' } },
        policyTypes: ['Egress'],
        egress: [{ to: [toDatabase] }],
      },
      api,
      5432,
      true,
    ],
    [
      'egress says nothing about who is connected to',
      { ...toDatabase, policyTypes: ['Egress'] },
      api,
      5432,
      true,
    ],
  ])('%s', (...[, spec, from, port, allowed]) => {
    expect(policyAllows([policy(spec)], from, database, port)).toBe(allowed);
  });

  it('adds up: what one policy closes another opens', () => {
    const closed = policy({ podSelector: {} });
    const open = policy({ ...toDatabase, ingress: [fromApi] });
    expect(policyAllows([closed, open], api, database, 5432)).toBe(true);
    expect(policyAllows([closed, open], pod('report'), database, 5432)).toBe(false);
  });
});
