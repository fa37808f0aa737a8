import { once } from 'node:events';
import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepLeftovers } from '#nodes';
import type { Deployment, EndpointSlice, EventObject, Node, Pod } from '#store';
import { kubectl } from '../test/kubectl/kubectl.ts';
import {
  askControl,
  askKubernetes,
  askService,
  getObject,
  newStateDir,
  startProcess,
  stopProcess,
  type SandboxProcess,
} from '../test/sandbox-process.ts';

const PODS = '/api/v1/namespaces/platform/pods?labelSelector=app%3Dmultitenant-api';
const DEPLOYMENT = '/apis/apps/v1/namespaces/platform/deployments/multitenant-api';
const SLICES =
  '/apis/discovery.k8s.io/v1/namespaces/platform/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dmultitenant-api-service';
const slow = { timeout: 30_000, interval: 200 };

let sandbox: SandboxProcess;

beforeAll(async () => {
  // A grace that the hanging requests below cannot outlast, also on a busy machine.
  sandbox = await startProcess(await newStateDir(), ['--fast', '--node-grace-ms', '8000']);
});

afterAll(async () => {
  await stopProcess(sandbox);
  await fs.rm(sandbox.stateDir, { recursive: true, force: true });
});

async function pods(): Promise<Pod[]> {
  return (await getObject<{ items: Pod[] }>(sandbox, PODS)).items;
}

async function readyAddresses(): Promise<string[]> {
  const { items } = await getObject<{ items: EndpointSlice[] }>(sandbox, SLICES);
  return items.flatMap(({ endpoints }) =>
    (endpoints ?? []).filter(({ conditions }) => conditions?.ready).flatMap(({ addresses }) => addresses),
  );
}

function isRunning(pod: Pod): boolean {
  return (
    pod.metadata.deletionTimestamp === undefined &&
    pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true
  );
}

async function patchTemplate(annotation: string): Promise<void> {
  const metadata = { annotations: { 'kubectl.kubernetes.io/restartedAt': annotation } };
  const { status } = await askKubernetes(sandbox, 'PATCH', DEPLOYMENT, { spec: { template: { metadata } } });
  expect(status).toBe(200);
}

async function rolledOut(): Promise<boolean> {
  const { metadata, status } = await getObject<Deployment>(sandbox, DEPLOYMENT);
  const counts = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
  return status?.observedGeneration === metadata.generation && counts.every((count) => count === 3);
}

describe('the platform', () => {
  it('serves through the ingress, one pod in each zone', async () => {
    expect(
      await askService(sandbox, { method: 'POST', body: { name: 'kept', value: { n: 1 } } }),
    ).toMatchObject({ status: 201 });
    expect((await askService(sandbox)).status).toBe(200);
    expect(new Set((await pods()).map(({ spec }) => spec.nodeName))).toEqual(
      new Set(['node-a', 'node-b', 'node-c']),
    );
  });

  it('restarts by a rollout without a failed request', async () => {
    const statuses: number[] = [];
    const done = new AbortController();
    const client = (async () => {
      while (!done.signal.aborted) {
        statuses.push((await askService(sandbox)).status);
        // Below the hundred requests a second that the service grants a tenant, on any machine.
        await sleep(20);
      }
    })();
    const before = (await pods()).map(({ metadata }) => metadata.name);
    await patchTemplate('2026-01-01T00:00:00Z');
    await expect.poll(rolledOut, slow).toBe(true);
    await expect.poll(async () => (await pods()).length, slow).toBe(3);
    done.abort();
    await client;
    expect((await pods()).some(({ metadata }) => before.includes(metadata.name))).toBe(false);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it('restarts a killed container and says why it ended', async () => {
    const { body } = await askControl<{ subject: string }>(sandbox, 'POST', '/faults/pod-killed');
    const name = body.subject.split('/').at(-1) ?? '';
    const state = async () =>
      (await pods()).find(({ metadata }) => metadata.name === name)?.status?.containerStatuses?.[0];
    await expect.poll(async () => (await state())?.restartCount, slow).toBe(1);
    expect((await state())?.lastState?.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
    await expect.poll(async () => (await readyAddresses()).length, slow).toBe(3);
  });
});

describe('a frozen pod', () => {
  it('leaves the endpoints by its readiness probe, and comes back', async () => {
    const { body: fault } = await askControl<{ id: string; subject: string }>(
      sandbox,
      'POST',
      '/faults/pod-frozen',
    );
    await expect.poll(async () => (await readyAddresses()).length, slow).toBe(2);
    const frozen = (await pods()).find((pod) => !isRunning(pod));
    expect(fault.subject).toBe(`pod/platform/${frozen?.metadata.name ?? ''}`);
    expect((await askControl(sandbox, 'DELETE', `/faults/${fault.id}`)).status).toBe(200);
    await expect.poll(async () => (await readyAddresses()).length, slow).toBe(3);
  });
});

describe('a frozen node', () => {
  it('hangs, then is Unknown, loses its endpoints and its pods are replaced elsewhere; lifted, it comes back', async () => {
    const { status, body: fault } = await askControl<{ id: string; subject: string }>(
      sandbox,
      'POST',
      '/faults/node-frozen',
    );
    expect(status).toBe(201);
    const nodeName = fault.subject.replace('node/', '');
    const node = () => getObject<Node>(sandbox, `/api/v1/nodes/${nodeName}`);
    const ready = async () => (await node()).status?.conditions?.find(({ type }) => type === 'Ready');
    const lost = (await pods()).find(({ spec }) => spec.nodeName === nodeName);
    const answers = await Promise.allSettled(
      Array.from({ length: 45 }, () => askService(sandbox, { timeoutMs: 2_500 })),
    );
    // A third of them, by chance: one in a thousand million runs is outside this range.
    const hanging = answers.filter((answer) => answer.status === 'rejected').length;
    expect(hanging).toBeGreaterThan(0);
    expect(hanging).toBeLessThan(36);
    expect((await ready())?.status).toBe('True');

    await expect
      .poll(ready, slow)
      .toMatchObject({ status: 'Unknown', message: 'Kubelet stopped posting node status.' });
    await expect
      .poll(async () => (await readyAddresses()).includes(lost?.status?.podIP ?? ''), slow)
      .toBe(false);
    expect((await node()).spec.taints?.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
      'node.kubernetes.io/unreachable:NoSchedule',
      'node.kubernetes.io/unreachable:NoExecute',
    ]);
    const { items } = await getObject<{ items: EventObject[] }>(sandbox, '/api/v1/namespaces/default/events');
    expect(items.map(({ message }) => message)).toContain(`Node ${nodeName} status is now: NodeNotReady`);

    await expect.poll(async () => (await pods()).filter(isRunning).length, slow).toBe(3);
    const replaced = await pods();
    expect(replaced.filter(isRunning).every(({ spec }) => spec.nodeName !== nodeName)).toBe(true);
    expect(
      replaced.find(({ metadata }) => metadata.name === lost?.metadata.name)?.metadata.deletionTimestamp,
    ).toBeDefined();

    expect((await askControl(sandbox, 'DELETE', `/faults/${fault.id}`)).status).toBe(200);
    await expect.poll(ready, slow).toMatchObject({ status: 'True' });
    await expect.poll(async () => (await node()).spec.taints, slow).toBeUndefined();
    await expect.poll(async () => (await pods()).length, slow).toBe(3);
  });

  it.each([
    [
      '/faults/earthquake',
      {},
      404,
      '"earthquake" is not known; expected one of node-frozen, node-lost, kubelet-dead, pod-frozen, pod-killed, ',
    ],
    [
      '/faults/node-frozen',
      { node: 'node-z' },
      404,
      '"node-z" does not exist; expected one of node-a, node-b, node-c',
    ],
    ['/faults/node-frozen', { host: 'x' }, 400, 'expected {"node": name}'],
  ])('is refused for %s %o', async (route, target, code, message) => {
    const { status, body } = await askControl<{ error: string }>(sandbox, 'POST', route, target);
    expect(status).toBe(code);
    expect(body.error).toContain(message);
  });
});

// Each starts several sandboxes, one after the other.
describe('the process', { timeout: 90_000 }, () => {
  it('leaves nothing behind when it is killed, and starts again with its data', async () => {
    const stateDir = await newStateDir();
    const first = await startProcess(stateDir, ['--fast']);
    expect((await askService(first, { method: 'POST', body: { name: 'survivor', value: {} } })).status).toBe(
      201,
    );
    first.child.kill('SIGKILL');
    await expect.poll(() => processesIn(stateDir), slow).toEqual([]);

    const second = await startProcess(stateDir, ['--fast']);
    expect((await askService(second)).body).toContain('survivor');
    expect(second.description.apiServer).toBe(first.description.apiServer);
    await expect(startProcess(stateDir)).rejects.toThrow('is in use by the sandbox with pid');
    const [code] = await Promise.all([
      once(second.child, 'exit').then(([exitCode]) => exitCode as number),
      second.child.stdin?.end(),
    ]);
    expect(code).toBe(0);
    expect(await processesIn(stateDir)).toEqual([]);
    await fs.rm(stateDir, { recursive: true, force: true });
  });

  it('can end what it left frozen, as the next start does', async () => {
    const stateDir = await newStateDir();
    const first = await startProcess(stateDir, ['--fast']);
    const seconds = `${100_000 + process.pid}`;
    const command = ['exec', '-n', 'platform', 'postgres-0', '--', 'sh', '-c', `sleep ${seconds}; true`];
    const exec = kubectl(first.description.kubeconfig, command);
    await expect.poll(() => processOf(`sleep ${seconds}`), slow).toBeDefined();
    const sleeping = await processOf(`sleep ${seconds}`);
    for (const pid of await processesIn(stateDir)) process.kill(pid, 'SIGSTOP');
    const gone = once(first.child, 'exit');
    first.child.kill('SIGKILL');
    await Promise.all([gone, exec]);
    // PostgreSQL's own children notice their parent's death only when they run, a command's not at all.
    const swept = await sweepLeftovers(stateDir);
    expect(swept).toContain(sleeping);
    expect(swept.length).toBeGreaterThan(1);
    expect(await processesIn(stateDir)).toEqual([]);
    await fs.rm(stateDir, { recursive: true, force: true });
  });
});

/** The process with this command line. */
async function processOf(commandLine: string): Promise<number | undefined> {
  const names = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    names.map((name) => fs.readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')),
  );
  const at = lines.findIndex((line) => line.split('\0').join(' ').trim() === commandLine);
  return at === -1 ? undefined : Number(names[at]);
}

/** Processes that work below a directory. */
async function processesIn(directory: string): Promise<number[]> {
  const names = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const places = await Promise.all(names.map((name) => fs.readlink(`/proc/${name}/cwd`).catch(() => '')));
  return names.filter((_, i) => places[i]?.startsWith(`${directory}/`)).map(Number);
}
