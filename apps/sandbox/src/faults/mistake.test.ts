import { describe, expect, it } from 'vitest';
import { ObjectStore } from '#store';
import { mistake } from './mistake.ts';

const ref = { namespace: 'platform', name: 'api' };

function storeWithDeployment(): ObjectStore {
  const store = new ObjectStore();
  store.create('Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'platform' } });
  store.create('Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: ref,
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'api' } },
      template: {
        metadata: { labels: { app: 'api' } },
        spec: { containers: [{ name: 'api', image: 'node:1' }] },
      },
    },
  });
  return store;
}

function bad(store: ObjectStore) {
  return mistake(store, {
    kind: 'Deployment',
    name: 'api',
    change(spec) {
      spec.strategy = { type: 'Recreate' };
      for (const container of spec.template.spec.containers) container.image = 'node:2';
    },
  });
}

describe('a mistake in a spec', () => {
  it('is taken back whole', () => {
    const store = storeWithDeployment();
    const before = store.require('Deployment', ref).spec;
    const made = bad(store);
    expect([made.subject, made.done]).toEqual(['deployment/api', { changed: ['template', 'strategy'] }]);
    expect(store.require('Deployment', ref).spec).not.toEqual(before);
    expect(made.lift()).toEqual({ restored: ['template', 'strategy'] });
    expect(store.require('Deployment', ref).spec).toEqual(before);
  });

  it('is taken back where somebody has restarted it, or changed something beside it', () => {
    const store = storeWithDeployment();
    const made = bad(store);
    store.modify('Deployment', ref, ({ spec }) => {
      spec.template.metadata = { ...spec.template.metadata, annotations: { restartedAt: 'now' } };
      for (const container of spec.template.spec.containers)
        container.resources = { limits: { memory: '1Gi' } };
    });
    expect(made.lift()).toEqual({ restored: ['template', 'strategy'] });
    expect(store.require('Deployment', ref).spec.template).toMatchObject({
      metadata: { labels: { app: 'api' }, annotations: { restartedAt: 'now' } },
      spec: { containers: [{ name: 'api', image: 'node:1', resources: { limits: { memory: '1Gi' } } }] },
    });
  });

  it('leaves alone what somebody has mended, and what somebody has changed besides', () => {
    const store = storeWithDeployment();
    const before = store.require('Deployment', ref).spec;
    const made = bad(store);
    store.modify('Deployment', ref, ({ spec }) => {
      spec.template = structuredClone(before.template);
      spec.replicas = 5;
    });
    expect(made.lift()).toEqual({ restored: ['strategy'] });
    expect(store.require('Deployment', ref).spec).toEqual({ ...before, replicas: 5 });
    expect(made.lift()).toEqual({ note: 'nothing to undo: it was mended meanwhile' });
    store.delete('Deployment', ref);
    expect(made.lift()).toHaveProperty('note');
  });
});
