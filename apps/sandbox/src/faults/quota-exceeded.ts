import type { FaultKind } from './fault-kind.ts';

const REF = { namespace: 'platform', name: 'platform-pods' };

/** A quota below what runs harms nobody until pods have to be made again. */
export const quotaExceeded: FaultKind = {
  kind: 'quota-exceeded',
  description:
    'Puts a quota of pods on the namespace that leaves no room for the API, then deletes its pods.',
  inject({ store }) {
    const pods = store.list('Pod', { namespace: REF.namespace });
    const own = pods.filter(({ metadata }) => metadata.labels?.['app'] === 'multitenant-api');
    const hard = { pods: String(pods.length - own.length) };
    store.create('ResourceQuota', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: REF, spec: { hard } });
    for (const { metadata } of own) store.delete('Pod', metadata);
    return {
      subject: 'deployment/multitenant-api',
      done: { quota: hard, podsDeleted: own.map(({ metadata }) => metadata.name) },
      lift() {
        const there = store.get('ResourceQuota', REF) !== undefined;
        if (there) store.delete('ResourceQuota', REF);
        return there
          ? { deleted: `resourcequota/${REF.name}` }
          : { note: 'nothing to undo: the quota is gone' };
      },
    };
  },
};
