import type { FaultKind } from './fault-kind.ts';
import { planted } from './planted.ts';

/** A quota below what runs harms nobody until pods have to be made again. */
export const quotaExceeded: FaultKind = {
  kind: 'quota-exceeded',
  description:
    'Puts a quota of pods on the namespace that leaves no room for the API, then deletes its pods.',
  inject({ store }) {
    const pods = store.list('Pod', { namespace: 'platform' });
    const own = pods.filter(({ metadata }) => metadata.labels?.['app'] === 'multitenant-api');
    const hard = { pods: String(pods.length - own.length) };
    const lift = planted(store, 'ResourceQuota', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { namespace: 'platform', name: 'platform-pods' },
      spec: { hard },
    });
    for (const { metadata } of own) store.delete('Pod', metadata);
    const podsDeleted = own.map(({ metadata }) => metadata.name);
    return { subject: 'deployment/multitenant-api', done: { quota: hard, podsDeleted }, lift };
  },
};
