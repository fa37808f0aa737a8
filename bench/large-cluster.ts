/**
 * `node bench/large-cluster.ts FOLDER NODES PODS SERVICE_PODS TENANTS`: a simulated cluster for bench/scale.ts. The Kubernetes API is
 * the sandbox's, filled with objects and without kubelets; leases are renewed and pods change as on a cluster at rest. Every address of
 * 127/8 answers as a pod of the service. Writes FOLDER/kubeconfig, prints its port as JSON, ends when its input ends.
 * POST /break answers 500 to every client from then on; POST /mend undoes it.
 */
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createApiServer, kubeconfigFor } from '../apps/sandbox/src/api/index.ts';
import {
  ObjectStore,
  type EndpointSlice,
  type Lease,
  type Node,
  type Pod,
} from '../apps/sandbox/src/store/index.ts';
import { fillStore } from '../apps/sandbox/test/kubectl/recorded-cluster.ts';

const [folder = '', ...sizes] = process.argv.slice(2);
const [nodes = 0, pods = 0, servicePods = 0, tenants = 0] = sizes.map(Number);
const namespace = 'platform';
const leaseMs = 10_000;
/** How often the service's counters move: in a real one with every request. */
const countMs = 500;
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, Infinity];

const store = new ObjectStore({ historyLimit: 20_000 });
fillStore(store);
const [firstNode] = store.list('Node');
const [firstPod] = store
  .list('Pod', { namespace })
  .filter((one) => one.metadata.labels?.['app'] === 'multitenant-api');
const [slice] = store.list('EndpointSlice').filter((one) => one.metadata.name.startsWith('multitenant-api'));
if (firstNode === undefined || firstPod === undefined || slice === undefined)
  throw new Error('the recorded cluster has no node, pod or slice of the service');

const nameOfNode = (i: number): string => `worker-${i % nodes}`;
const ipOf = (i: number): string => `127.${40 + (i >> 16)}.${(i >> 8) & 255}.${i & 255 || 1}`;

fillNodes(firstNode);
fillPods(firstPod);
fillSlice(slice);

const api = await createApiServer({ store, ports: { logs: { read: () => Readable.from([]) } } });
writeFileSync(
  join(folder, 'kubeconfig'),
  kubeconfigFor({ url: api.url, caPem: api.credentials.caPem, token: api.credentials.adminToken, namespace }),
);

let broken = false;
let counted = { ok: 0, failed: 0 };
/** Written when it is asked for. */
let text: string | null = null;
const service = http.createServer((request, response) => {
  if (request.method === 'POST') {
    broken = request.url === '/break';
    response.end();
  } else if (request.url === '/metrics') response.end((text ??= exposition()));
  else if (request.url === '/readyz') response.end('ok');
  else response.writeHead(broken ? 500 : 200, { 'content-type': 'application/json' }).end('{"items":[]}');
});
service.listen(0, '0.0.0.0', () =>
  console.log(JSON.stringify({ port: (service.address() as AddressInfo).port })),
);

let turn = 0;
setInterval(() => {
  for (let i = turn; i < nodes; i += leaseMs / 1000) renew(nameOfNode(i));
  turn = (turn + 1) % (leaseMs / 1000);
  for (let i = 0; i < 5; i += 1) touch(`filler-${Math.floor(Math.random() * (pods - servicePods))}`);
}, 1000);
setInterval(() => {
  const requests = 5;
  counted = broken
    ? { ok: counted.ok, failed: counted.failed + requests }
    : { ok: counted.ok + requests, failed: counted.failed };
  text = null;
}, countMs);
process.stdin.on('end', () => process.exit(0)).resume();

/** A copy without what the server gives. */
function fresh<T extends Pod | Node | Lease>(object: T, name: string): T {
  const copy = structuredClone(object);
  const { labels, annotations, namespace: place } = copy.metadata;
  copy.metadata = {
    name,
    ...(place === undefined ? {} : { namespace: place }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
  } as T['metadata'];
  return copy;
}

function fillNodes(like: Node): void {
  const lease = store.get('Lease', { namespace: 'kube-node-lease', name: like.metadata.name });
  if (lease === undefined) throw new Error('the recorded node has no lease');
  for (let i = 0; i < nodes; i += 1) {
    const node = fresh(like, nameOfNode(i));
    node.metadata.labels = {
      ...node.metadata.labels,
      'kubernetes.io/hostname': nameOfNode(i),
      'topology.kubernetes.io/zone': `zone-${i % 3}`,
    };
    store.create('Node', node);
    const own = fresh(lease, nameOfNode(i));
    own.spec = { ...own.spec, holderIdentity: nameOfNode(i), renewTime: now() };
    store.create('Lease', own);
  }
}

function fillPods(like: Pod): void {
  for (const one of store.list('Pod', { namespace }))
    if (one.metadata.labels?.['app'] === 'multitenant-api')
      store.delete('Pod', { namespace, name: one.metadata.name });
  for (let i = 0; i < pods; i += 1) {
    const own = i < servicePods;
    const pod = fresh(like, own ? `multitenant-api-${i}` : `filler-${i - servicePods}`);
    if (!own) pod.metadata.labels = { app: `filler-${i % 200}` };
    pod.spec.nodeName = nameOfNode(i);
    pod.status = { ...pod.status, podIP: ipOf(i), podIPs: [{ ip: ipOf(i) }] } as Pod['status'];
    store.create('Pod', pod);
  }
}

function fillSlice(like: EndpointSlice): void {
  store.update('EndpointSlice', {
    ...like,
    endpoints: Array.from({ length: servicePods }, (_, i) => ({
      addresses: [ipOf(i)],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: nameOfNode(i),
      targetRef: { kind: 'Pod', namespace, name: `multitenant-api-${i}` },
    })),
  } as EndpointSlice);
  const deployment = store.get('Deployment', { namespace, name: 'multitenant-api' });
  if (deployment === undefined) return;
  const count = { replicas: servicePods, readyReplicas: servicePods, availableReplicas: servicePods };
  store.update('Deployment', {
    ...deployment,
    spec: { ...deployment.spec, replicas: servicePods },
    status: { ...deployment.status, ...count, updatedReplicas: servicePods },
  });
}

function renew(name: string): void {
  const lease = store.get('Lease', { namespace: 'kube-node-lease', name });
  if (lease !== undefined) store.update('Lease', { ...lease, spec: { ...lease.spec, renewTime: now() } });
}

/** A change of a pod that means nothing, such as clusters at rest have. */
function touch(name: string): void {
  const pod = store.get('Pod', { namespace, name });
  if (pod === undefined) return;
  const annotations = { ...pod.metadata.annotations, touched: now() };
  store.update('Pod', { ...pod, metadata: { ...pod.metadata, annotations } });
}

function now(): string {
  return new Date().toISOString().replace('Z', '000Z');
}

/** What every pod of the service counts, all tenants alike. */
function exposition(): string {
  const { ok, failed } = counted;
  const total = ok + failed;
  const lines = Array.from({ length: tenants }, (_, i) => {
    const tenant = `tenant="tenant-${i}"`;
    return [
      `http_requests_total{${tenant},status="200"} ${ok}`,
      `http_requests_total{${tenant},status="500"} ${failed}`,
      ...buckets.map((le) => {
        const bound = le === Infinity ? '+Inf' : le;
        return `http_request_duration_seconds_bucket{le="${bound}",${tenant}} ${le < 0.05 ? 0 : total}`;
      }),
    ].join('\n');
  });
  return `${lines.join('\n')}\n`;
}
