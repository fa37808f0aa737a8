import fs from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  newStateDir,
  startProcess,
  stopProcess,
  type SandboxProcess,
} from '../../../sandbox/test/sandbox-process.ts';
import { createLogger } from '#platform';
import { createCluster, type Cluster } from './create-cluster.ts';

const patience = { timeout: 30_000, interval: 200 };
const service = {
  id: 'multitenant-api',
  namespace: 'platform',
  deployment: 'multitenant-api',
  service: 'multitenant-api-service',
  podLabels: { app: 'multitenant-api' },
  dependencies: ['statefulset/postgres'],
};

let sandbox: SandboxProcess;
let cluster: Cluster;

function open(kubeconfigPath: string): Cluster {
  return createCluster({ kubeconfigPath, service, log: createLogger({ level: 'silent' }) });
}

beforeAll(async () => {
  sandbox = await startProcess(await newStateDir(), ['--fast']);
  cluster = open(sandbox.description.kubeconfig);
  await cluster.start();
}, 90_000);

afterAll(async () => {
  await cluster.stop();
  await stopProcess(sandbox);
  await fs.rm(sandbox.stateDir, { recursive: true, force: true });
});

function read(command: string): Promise<string | null> {
  return cluster.typedRead(command.split(' '), AbortSignal.timeout(8000));
}

it('knows the cluster as soon as it has started', () => {
  const facts = cluster.facts();
  expect(cluster.readable()).toBe(true);
  expect(facts.nodes).toHaveLength(3);
  expect(facts.pods.filter((pod) => pod.labels['app'] === 'multitenant-api' && pod.ready)).toHaveLength(3);
  expect(facts.endpoints.filter((one) => one.service === service.service && one.ready)).toHaveLength(3);
});

it('hears of a change it made itself, after a dry run that changed nothing', async () => {
  const [node] = cluster.facts().nodes;
  const name = node?.name ?? '';
  const isCordoned = () => cluster.facts().nodes.find((one) => one.name === name)?.unschedulable;
  expect(await cluster.cordon(name, { dryRun: true })).toMatchObject({ ok: true });
  expect((await cluster.getNode(name))?.unschedulable).toBe(false);
  expect(await cluster.cordon(name)).toEqual({ ok: true, status: null, text: `node/${name} cordoned` });
  await vi.waitFor(() => expect(isCordoned()).toBe(true), patience);
  expect(await cluster.uncordon(name)).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(isCordoned()).toBe(false), patience);
});

it('answers a refusal with its status', async () => {
  const answer = await cluster.evict({ namespace: 'platform', name: 'no-such-pod' });
  expect(answer).toMatchObject({ ok: false, status: 404 });
  expect(await cluster.getNode('no-such-node')).toBeNull();
});

it('answers the reads of the runbook without kubectl', async () => {
  expect(await read('kubectl get pods -n platform -l app=multitenant-api')).toMatch(
    /^NAME +READY +STATUS[^]*1\/1 +Running/,
  );
  expect(await read('kubectl get nodes -L topology.kubernetes.io/zone')).toMatch(/ZONE\n[^]*zone-/);
  expect(await read('kubectl get events -n platform --sort-by=.lastTimestamp')).toContain('Scheduled');
  expect(await read('kubectl get endpoints multitenant-api-service -n platform')).toContain(':8080');
  expect(await read('kubectl describe nodes')).toMatch(/Conditions:\n[^]*Ready +True/);
  expect(await read('kubectl describe svc multitenant-api-service -n platform')).toContain('multitenant-api');
  expect(await read('kubectl logs -n platform -l app=multitenant-api --since=10m')).toContain('listening');
  expect(await read('kubectl cluster-info')).toContain(sandbox.description.apiServer);
  expect(await read('kubectl drain node-a')).toBeNull();
  await expect(read('kubectl get deployment nothing -n platform')).rejects.toThrow('not found');
});

it('evicts a pod, sees it go and its replacement come', async () => {
  const pods = () => cluster.facts().pods.filter((pod) => pod.labels['app'] === 'multitenant-api');
  const [victim] = pods();
  const name = victim?.name ?? '';
  expect(await cluster.evict({ namespace: 'platform', name })).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(pods().some((pod) => pod.name === name)).toBe(false), patience);
  await vi.waitFor(() => expect(pods().filter((pod) => pod.ready)).toHaveLength(3), patience);
}, 70_000);

it('says that nothing can be read when the API is gone', async () => {
  const kubeconfig = await fs.readFile(sandbox.description.kubeconfig, 'utf8');
  const path = `${sandbox.stateDir}/kubeconfig-gone`;
  await fs.writeFile(path, kubeconfig.replace(/:6443/g, ':6'));
  const lost = open(path);
  await lost.start(1500);
  expect(lost.readable()).toBe(false);
  expect(lost.facts()).toMatchObject({ readable: false, lastReadAt: null, pods: [] });
  await lost.stop();
});
