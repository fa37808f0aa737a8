import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import { fillStore } from '../../test/kubectl/recorded-cluster.ts';
import { createApiServer, type ApiServer, type PodLogs } from './index.ts';
import { ObjectStore, type Status } from '#store';

let store: ObjectStore;
let api: ApiServer;
let frozen = false;
const logs: PodLogs = {
  async *read(pod) {
    if (frozen) await new Promise(() => undefined);
    yield `hello from ${pod.metadata.name}\n`;
  },
};

beforeEach(async () => {
  frozen = false;
  store = new ObjectStore({ historyLimit: 20 });
  fillStore(store);
  api = await createApiServer({ store, ports: { logs }, kubeletTimeoutMs: 300 });
});
afterEach(() => api.close());

interface Sent {
  method?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function open(
  path: string,
  { method = 'GET', token = api.credentials.adminToken, body, headers }: Sent = {},
): Promise<IncomingMessage> {
  const authorization = token === '' ? {} : { authorization: `Bearer ${token}` };
  const sent = request(`${api.url}${path}`, {
    method,
    ca: api.credentials.caPem,
    agent: false,
    headers: {
      ...authorization,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

async function call<T = Status>(path: string, sent?: Sent): Promise<{ code: number; body: T; type: string }> {
  const response = await open(path, sent);
  let text = '';
  for await (const part of response as AsyncIterable<Buffer>) text += part.toString();
  const type = response.headers['content-type'] ?? '';
  const body = (type.startsWith('application/json') ? JSON.parse(text) : text) as T;
  return { code: response.statusCode ?? 0, body, type };
}

const pods = '/api/v1/namespaces/platform/pods';

/** What the rules of an account name. */
async function rulesOf(sent: Sent): Promise<string[]> {
  const { body } = await call<{ status: { resourceRules: { resources: string[] }[] } }>(
    '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    { method: 'POST', ...sent, body: { spec: { namespace: 'platform' } } },
  );
  return body.status.resourceRules.flatMap((rule) => rule.resources);
}

describe('who may', () => {
  test('nobody without a token, but for health and version', async () => {
    const { code, body } = await call(pods, { token: '' });
    expect([code, body.message]).toEqual([
      403,
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "platform"',
    ]);
    expect((await call('/api', { token: '' })).body.message).toBe(
      'forbidden: User "system:anonymous" cannot get path "/api"',
    );
    expect((await call('/readyz', { token: '' })).body).toBe('ok');
    expect((await call('/version', { token: '' })).code).toBe(200);
    expect(await call(pods, { token: 'wrong' })).toMatchObject({
      code: 401,
      body: { reason: 'Unauthorized' },
    });
  });

  const reader = { headers: { 'impersonate-user': 'reader' } };

  test('an account without rights reads and changes nothing, in Kubernetes’ words', async () => {
    const { code, body } = await call(`${pods}/postgres-0/eviction`, { method: 'POST', ...reader, body: {} });
    expect([code, body.message]).toEqual([
      403,
      'pods "postgres-0" is forbidden: User "reader" cannot create resource "pods/eviction" in API group "" in the namespace "platform"',
    ]);
    expect((await call(`${pods}/postgres-0`, { method: 'DELETE', ...reader })).code).toBe(403);
    const secrets = '/api/v1/namespaces/platform/secrets';
    expect((await call(secrets)).code).toBe(200);
    expect((await call(secrets, reader)).body.message).toBe(
      'secrets is forbidden: User "reader" cannot list resource "secrets" in API group "" in the namespace "platform"',
    );
  });

  test('the rules of an account are what it may', async () => {
    expect(await rulesOf({})).toContain('*');
    expect(await rulesOf(reader)).toEqual([
      'selfsubjectreviews',
      'selfsubjectaccessreviews',
      'selfsubjectrulesreviews',
    ]);
  });
});

function makePod(more: object, name: string) {
  const containers = [{ name: 'api', image: 'x' }];
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers, ...more } };
  return call(pods, { method: 'POST', body });
}

describe('what is not there says so', () => {
  test.each([
    ['GET', '/apis/apps/v1/namespaces/platform/daemonsets', 'resource daemonsets of apps/v1'],
    ['POST', `${pods}/postgres-0/exec`, 'POST on pods/exec'],
    ['GET', '/api/v1/nodes/kn1/proxy', 'GET on nodes/proxy'],
    ['DELETE', pods, 'DELETE on the collection of pods'],
    ['GET', '/metrics', 'GET /metrics'],
  ])('%s %s: 501 with its name', async (method, path, what) => {
    const { code, body } = await call(path, { method });
    expect(code).toBe(501);
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'NotImplemented' });
    expect(body.message).toContain(what);
  });

  test.each([
    ['affinity', { affinity: { nodeAffinity: {} } }],
    ['initContainers', { initContainers: [{ name: 'first', image: 'busybox' }] }],
    ['startupProbe', { containers: [{ name: 'api', image: 'x', startupProbe: { tcpSocket: { port: 1 } } }] }],
  ])('%s of a pod: 501 with its name, and nothing when it is empty', async (field, spec) => {
    const refused = await makePod(spec, 'asks');
    expect([refused.code, refused.body.message]).toEqual([501, expect.stringContaining(field)]);
    expect((await makePod({ affinity: {}, initContainers: [] }, 'does-not')).code).toBe(201);
  });

  test('a group that is not served is 404, as clients expect of absent metrics', async () => {
    expect((await call('/apis/metrics.k8s.io/v1beta1')).code).toBe(404);
  });

  test('bodies and selectors that cannot be read are 400 and 415', async () => {
    expect((await call(`${pods}?labelSelector=a%20in`)).code).toBe(400);
    expect((await call(`${pods}?fieldSelector=spec.color%3Dred`)).body.message).toBe(
      'field label not supported: spec.color',
    );
    expect((await call(pods, { method: 'POST', body: { kind: 'Service', apiVersion: 'v1' } })).code).toBe(
      400,
    );
    const headers = { 'content-type': 'application/vnd.kubernetes.protobuf' };
    expect((await call(pods, { method: 'POST', body: {}, headers })).code).toBe(415);
  });
});

test('an update with an old version is refused', async () => {
  const path = '/apis/apps/v1/namespaces/platform/deployments/redis';
  const { body } = await call<{ metadata: object; spec: { replicas: number } }>(path);
  body.spec.replicas = 2;
  expect((await call(path, { method: 'PUT', body })).code).toBe(200);
  expect(await call(path, { method: 'PUT', body })).toMatchObject({
    code: 409,
    body: { reason: 'Conflict' },
  });
});

test('status is its own part', async () => {
  const path = '/api/v1/namespaces/platform/pods/postgres-0';
  const headers = { 'content-type': 'application/merge-patch+json' };
  const body = { status: { reason: 'Looked' }, metadata: { labels: { extra: 'no' } } };
  await call(`${path}/status`, { method: 'PATCH', body, headers });
  const pod = store.require('Pod', { namespace: 'platform', name: 'postgres-0' });
  expect([pod.status?.reason, pod.metadata.labels?.['extra']]).toEqual(['Looked', undefined]);
});

describe('watching', () => {
  test('a version that is no longer kept ends in an ERROR event with 410', async () => {
    for (let n = 0; n < 60; n += 1) {
      store.modify('Node', { name: 'kn1' }, (node) => void (node.metadata.annotations = { n: String(n) }));
    }
    const { code, body } = await call<{ type: string; object: Status }>(
      `${pods}?watch=true&resourceVersion=5`,
    );
    expect(code).toBe(200);
    expect(body).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
  });

  test('initial events end with a bookmark, and the time asked for ends the watch', async () => {
    const response = await open(
      `${pods}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&timeoutSeconds=1`,
    );
    let text = '';
    for await (const part of response as AsyncIterable<Buffer>) text += part.toString();
    const types = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['ADDED', 'ADDED', 'ADDED', 'ADDED', 'ADDED', 'BOOKMARK']);
    expect(text).toContain('"k8s.io/initial-events-end":"true"');
  });

  test("an informer of Kubernetes' own client follows", async () => {
    const config = new KubeConfig();
    config.loadFromString(api.kubeconfig());
    const core = config.makeApiClient(CoreV1Api);
    const informer = makeInformer(config, pods, () => core.listNamespacedPod({ namespace: 'platform' }));
    const seen: string[] = [];
    informer.on('add', (pod) => seen.push(`add ${pod.metadata?.name}`));
    informer.on('update', (pod) => seen.push(`update ${pod.metadata?.name} ${pod.status?.phase}`));
    informer.on('delete', (pod) => seen.push(`delete ${pod.metadata?.name}`));
    await informer.start();
    const ref = { namespace: 'platform', name: 'postgres-0' };
    await expect.poll(() => seen.length).toBe(5);
    store.modify('Pod', ref, ({ status }) => void (status && (status.phase = 'Failed')));
    store.remove('Pod', ref);
    await expect.poll(() => seen.slice(5)).toEqual(['update postgres-0 Failed', 'delete postgres-0']);
    await informer.stop();
  });
});

describe('logs', () => {
  test('a frozen node costs its own request a 500 and no other anything', async () => {
    frozen = true;
    const hanging = call(`${pods}/postgres-0/log?tailLines=5`);
    expect((await call('/api/v1/nodes')).code).toBe(200);
    const { code, body } = await hanging;
    expect([code, body.message]).toEqual([
      500,
      'Get "https://10.200.1.2:10250/containerLogs/platform/postgres-0/postgres?tailLines=5": dial tcp 10.200.1.2:10250: i/o timeout',
    ]);
  });

  test('arrive as text', async () => {
    expect(await call(`${pods}/postgres-0/log`)).toMatchObject({
      code: 200,
      type: 'text/plain',
      body: 'hello from postgres-0\n',
    });
  });
});
