import { describe, expect, it } from 'vitest';
import type { Pod } from '#store';
import { quotaRefusal, quotaUse } from './quota-use.ts';

function pod(memory: string, phase = 'Running'): Pod {
  const resources = { requests: { memory, cpu: '50m' }, limits: { memory: '512Mi' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'api', image: 'a', resources }] },
    status: { phase },
  } as Pod;
}

describe('quotas', () => {
  it('count pods that have not ended, and what they ask for', () => {
    const pods = [pod('100Mi'), pod('100Mi'), pod('100Mi', 'Failed')];
    expect(quotaUse({ pods: '3', 'requests.memory': '1Gi', cpu: '1', 'limits.memory': '2Gi' }, pods)).toEqual(
      {
        pods: 2,
        'requests.memory': 200 * 2 ** 20,
        cpu: 0.1,
        'limits.memory': 2 ** 30,
      },
    );
  });

  it('refuse the pod that goes over, in Kubernetes’ words', () => {
    expect(quotaRefusal('q', { pods: '1' }, [pod('1Mi')], pod('1Mi'))).toBe(
      'exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    );
    expect(
      quotaRefusal('q', { pods: '2', 'requests.memory': '150Mi' }, [pod('100Mi')], pod('100Mi')),
    ).toMatch(
      /^exceeded quota: q, requested: requests.memory=104857600, used: requests.memory=104857600, limited: requests.memory=150Mi$/,
    );
    expect(quotaRefusal('q', { pods: '2' }, [pod('1Mi')], pod('1Mi'))).toBeUndefined();
    expect(quotaRefusal('q', { services: '0' }, [], pod('1Mi'))).toBeUndefined();
  });
});
