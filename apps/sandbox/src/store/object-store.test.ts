import { beforeEach, describe, expect, test } from 'vitest';
import {
  matchesSelector,
  mirrorEndpoints,
  ObjectStore,
  parseFieldSelector,
  parseLabelSelector,
  recordEvent,
} from './index.ts';
import type { NewObject, Pod } from './index.ts';

let now = Date.parse('2026-03-01T10:00:00Z');
let store: ObjectStore;

function pod(name: string, more: Partial<Pod['spec']> = {}): NewObject<Pod> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'platform', labels: { app: name.split('-')[0] ?? name } },
    spec: { containers: [{ name: 'api', image: 'api:1' }], ...more },
  };
}

beforeEach(() => {
  now = Date.parse('2026-03-01T10:00:00Z');
  store = new ObjectStore({ now: () => now, historyLimit: 3 });
  store.create('Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'platform' } });
});

describe('writing', () => {
  test('create fills server fields and defaults, and refuses a taken name', () => {
    const made = store.create('Pod', pod('api-1'));
    expect(made.metadata).toMatchObject({
      creationTimestamp: '2026-03-01T10:00:00Z',
      generation: 1,
      resourceVersion: '3',
    });
    expect(made.spec).toMatchObject({ restartPolicy: 'Always', terminationGracePeriodSeconds: 30 });
    expect(made.spec.tolerations).toHaveLength(2);
    expect(() => store.create('Pod', pod('api-1'))).toThrow('pods "api-1" already exists');
    expect(() => store.create('Pod', { ...pod('x'), metadata: { name: 'x', namespace: 'nowhere' } })).toThrow(
      'namespaces "nowhere" not found',
    );
    expect(() => store.create('Pod', pod('Not_Valid'))).toThrow(
      /^Pod "Not_Valid" is invalid: metadata.name: Invalid value/,
    );
  });

  test('objects handed out cannot be changed in place', () => {
    const made = store.create('Pod', pod('api-1'));
    expect(() => (made.spec.nodeName = 'a')).toThrow(TypeError);
  });

  test('an update with an old version conflicts; spec changes raise generation, status changes do not', () => {
    const first = store.create('Pod', pod('api-1'));
    const second = store.updateStatus('Pod', { ...first, status: { phase: 'Running' } });
    expect(second.metadata.generation).toBe(1);
    expect(() => store.update('Pod', { ...first, spec: { ...first.spec, nodeName: 'a' } })).toThrow(
      'Operation cannot be fulfilled on pods "api-1": the object has been modified; please apply your changes to the latest version and try again',
    );
    const third = store.update('Pod', { ...second, status: {}, spec: { ...second.spec, nodeName: 'a' } });
    expect(third.metadata.generation).toBe(2);
    expect(third.status?.phase).toBe('Running');
    expect(store.modify('Pod', third.metadata, () => undefined)).toBe(third);
  });
});

describe('deleting', () => {
  test('a pod on a node stays until removed, one without goes at once', () => {
    store.create('Pod', pod('free'));
    store.delete('Pod', { namespace: 'platform', name: 'free' });
    expect(store.get('Pod', { namespace: 'platform', name: 'free' })).toBeUndefined();
    store.create('Pod', pod('bound', { nodeName: 'a', terminationGracePeriodSeconds: 20 }));
    const marked = store.delete('Pod', { namespace: 'platform', name: 'bound' });
    expect(marked.metadata).toMatchObject({
      deletionTimestamp: '2026-03-01T10:00:20Z',
      deletionGracePeriodSeconds: 20,
    });
    store.modify('Pod', marked.metadata, (draft) => void (draft.status = { phase: 'Running' }));
    expect(store.require('Pod', marked.metadata).metadata.deletionTimestamp).toBe('2026-03-01T10:00:20Z');
    store.delete('Pod', marked.metadata, { gracePeriodSeconds: 0 });
    expect(store.list('Pod')).toHaveLength(0);
  });

  test('what an object owns goes with it', () => {
    const owner = store.create('ConfigMap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'o', namespace: 'platform' },
    });
    const ownerReferences = [
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: owner.metadata.uid ?? '' },
    ];
    const owned = pod('owned');
    store.create('Pod', { ...owned, metadata: { ...owned.metadata, ownerReferences } });
    store.create('Pod', pod('other'));
    store.delete('ConfigMap', owner.metadata);
    expect(store.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['other']);
  });
});

describe('watching', () => {
  test('tells what is there, then each change, in order even when a listener writes', () => {
    store.create('Pod', pod('api-1'));
    const seen: string[] = [];
    store.watch('Pod', {}, ({ type, object }) => {
      if (type === 'ADDED') store.modify('Pod', object.metadata, (draft) => void (draft.spec.nodeName = 'a'));
    });
    const stop = store.watch('Pod', {}, ({ type, object }) =>
      seen.push(`${type} ${object.metadata.name} ${object.spec.nodeName}`),
    );
    store.create('Pod', pod('api-2'));
    store.remove('Pod', { namespace: 'platform', name: 'api-1' });
    stop();
    store.create('Pod', pod('api-3'));
    expect(seen).toEqual(['ADDED api-1 a', 'ADDED api-2 undefined', 'MODIFIED api-2 a', 'DELETED api-1 a']);
  });

  test('an object that leaves the selector is DELETED, one that enters is ADDED', () => {
    store.create('Pod', pod('api-1'));
    const seen: string[] = [];
    store.watch('Pod', { labels: parseLabelSelector('app=api') }, ({ type }) => seen.push(type));
    const ref = { namespace: 'platform', name: 'api-1' };
    store.modify('Pod', ref, (draft) => void (draft.metadata.labels = { app: 'gone' }));
    store.modify('Pod', ref, (draft) => void (draft.metadata.labels = { app: 'api' }));
    expect(seen).toEqual(['ADDED', 'DELETED', 'ADDED']);
  });

  test('a watcher that writes while it catches up misses nothing', () => {
    const since = store.create('Pod', pod('api-1')).metadata.resourceVersion;
    store.create('Pod', pod('api-2'));
    store.create('Pod', pod('api-3'));
    const seen: string[] = [];
    store.watch('Pod', { since }, ({ type, object }) => {
      seen.push(`${type} ${object.metadata.name}`);
      if (type === 'ADDED') store.modify('Pod', object.metadata, (draft) => void (draft.spec.nodeName = 'a'));
    });
    expect(seen).toEqual(['ADDED api-2', 'ADDED api-3', 'MODIFIED api-2', 'MODIFIED api-3']);
  });

  test('a rehearsed write is refused or answered as a real one, and leaves no trace', () => {
    const made = store.create('Pod', pod('api-1'));
    const seen: string[] = [];
    store.watch('Pod', { since: store.resourceVersion }, ({ type }) => seen.push(type));
    const changed = store.rehearse(() =>
      store.modify('Pod', made.metadata, (draft) => void (draft.spec.nodeName = 'a')),
    );
    expect(changed.spec.nodeName).toBe('a');
    store.rehearse(() => store.delete('Pod', made.metadata));
    expect(() => store.rehearse(() => store.create('Pod', pod('api-1')))).toThrow('already exists');
    expect(store.require('Pod', made.metadata)).toBe(made);
    expect(seen).toEqual([]);
  });

  test('goes on from a version, and says 410 when that is too old or from the future', () => {
    const since = store.create('Pod', pod('api-1')).metadata.resourceVersion ?? '';
    store.create('Pod', pod('api-2'));
    const seen: string[] = [];
    store.watch('Pod', { since }, ({ object }) => seen.push(object.metadata.name));
    expect(seen).toEqual(['api-2']);
    for (let n = 3; n < 12; n += 1) store.create('Pod', pod(`api-${n}`));
    expect(() => store.watch('Pod', { since }, () => undefined)).toThrow(/too old resource version/);
    expect(() => store.watch('Pod', { since: '999' }, () => undefined)).toThrow(/too old resource version/);
  });
});

test('selectors speak the whole grammar', () => {
  store.create('Pod', pod('api-1'));
  store.create('Pod', pod('postgres-0'));
  const names = (text: string): string[] =>
    store.list('Pod', { labels: parseLabelSelector(text) }).map(({ metadata }) => metadata.name);
  expect(names('app=api')).toEqual(['api-1']);
  expect(names('app!=api')).toEqual(['postgres-0']);
  expect(names('app in (api, postgres),!x')).toEqual(['api-1', 'postgres-0']);
  expect(names('app notin (api)')).toEqual(['postgres-0']);
  expect(names('x')).toEqual([]);
  expect(() => parseLabelSelector('app in')).toThrow(/unable to parse requirement/);
  const fields = parseFieldSelector('Pod', 'metadata.name=api-1,status.phase!=Running');
  expect(store.list('Pod', { fields })).toHaveLength(1);
  expect(() => parseFieldSelector('Pod', 'spec.color=red')).toThrow('field label not supported: spec.color');
  expect(matchesSelector({ a: 'b' }, {})).toBe(true);
  expect(matchesSelector({ a: 'b' }, undefined)).toBe(false);
});

test('a repeated event raises its count, an old one is dropped', () => {
  const involved = store.create('Pod', pod('api-1'));
  const event = {
    involved,
    reason: 'BackOff',
    message: 'again',
    type: 'Warning',
    component: 'kubelet',
  } as const;
  recordEvent(store, { ...event, at: now });
  const again = recordEvent(store, { ...event, at: now + 5000 });
  expect(again).toMatchObject({
    count: 2,
    firstTimestamp: '2026-03-01T10:00:00Z',
    lastTimestamp: '2026-03-01T10:00:05Z',
  });
  recordEvent(store, { ...event, reason: 'Killing', at: now + 2 * 3_600_000 });
  expect(store.list('Event').map(({ reason }) => reason)).toEqual(['Killing']);
  store.remove('Namespace', { name: 'platform' });
  expect(recordEvent(store, { ...event, at: now })).toBeUndefined();
});

test('endpoints say what the slices say', () => {
  mirrorEndpoints(store);
  store.create('EndpointSlice', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'svc-x', namespace: 'platform', labels: { 'kubernetes.io/service-name': 'svc' } },
    addressType: 'IPv4',
    endpoints: [
      { addresses: ['10.0.0.1'], conditions: { ready: true } },
      { addresses: ['10.0.0.2'], conditions: { ready: false } },
    ],
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  });
  const endpoints = store.require('Endpoints', { namespace: 'platform', name: 'svc' });
  expect(endpoints.subsets).toEqual([
    {
      addresses: [{ ip: '10.0.0.1' }],
      notReadyAddresses: [{ ip: '10.0.0.2' }],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    },
  ]);
  store.remove('EndpointSlice', { namespace: 'platform', name: 'svc-x' });
  expect(store.list('Endpoints')).toEqual([]);
});
