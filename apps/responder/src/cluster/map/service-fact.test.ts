import { expect, it } from 'vitest';
import { networkPolicyFact } from './service-fact.ts';

const metadata = { name: 'p', namespace: 'platform', uid: 'u', creationTimestamp: '2026-11-01T00:00:00Z' };
const of = (spec: Parameters<typeof networkPolicyFact>[0]['spec']) => {
  const { podSelector, directions } = networkPolicyFact({ metadata, ...(spec && { spec }) });
  return { podSelector, directions };
};

it('says whom a policy shuts, and which way', () => {
  const podSelector = { matchLabels: { app: 'api' } };
  expect(of({ podSelector, policyTypes: ['Egress'] })).toEqual({
    podSelector: { app: 'api' },
    directions: ['egress'],
  });
});

it('takes the directions that the API takes where none are written', () => {
  expect(of({ podSelector: {} })).toEqual({ podSelector: {}, directions: ['ingress'] });
  expect(of({ podSelector: {}, egress: [{}] }).directions).toEqual(['ingress', 'egress']);
});

it('does not claim to know pods that are chosen by expressions', () => {
  const podSelector = { matchExpressions: [{ key: 'app', operator: 'Exists' }] };
  expect(of({ podSelector, policyTypes: ['Ingress'] }).podSelector).toBeNull();
});
