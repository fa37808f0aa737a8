import fs from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pod } from '#store';
import { requireKubectl } from '../kubectl/kubectl.ts';
import { transcript, transcriptNames } from '../kubectl/recorded-cluster.ts';
import {
  askControl,
  askKubernetes,
  getObject,
  newStateDir,
  startProcess,
  stopProcess,
  type SandboxProcess,
} from '../sandbox-process.ts';
import { bash } from './bash.ts';
import { differencesOf } from './compare.ts';
import { unexplained } from './known-differences.ts';
import { translator } from './recorded-names.ts';

const deployment = '/apis/apps/v1/namespaces/platform/deployments/multitenant-api';
const pods = '/api/v1/namespaces/platform/pods?labelSelector=app%3Dmultitenant-api';
const slow = { timeout: 50_000, interval: 200 };
/** All pods at once, as they were when it was recorded. */
const rolling = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 3, maxSurge: 0 } };
/** Serves like the API, and holds eight megabytes more every tenth of a second. */
const greedy = `const held = [];
require('http').createServer((_, reply) => reply.end('ok')).listen(8080, process.env.HOST);
console.log('listening');
setInterval(() => held.push(Buffer.alloc(8e6, 1)), 100);`;

let sandbox: SandboxProcess;

beforeAll(async () => {
  requireKubectl();
  sandbox = await startProcess(await newStateDir(), ['--fast', '--evict-after-ms', '600000']);
});
afterAll(async () => {
  await stopProcess(sandbox);
  await fs.rm(sandbox.stateDir, { recursive: true, force: true });
});

async function patchApi(container: object, strategy: object = rolling): Promise<void> {
  const spec = { strategy, template: { spec: { containers: [container] } } };
  expect((await askKubernetes(sandbox, 'PATCH', deployment, { spec })).status).toBe(200);
}

async function apiContainer(): Promise<Pod['spec']['containers'][number]> {
  const { items } = await getObject<{ items: Pod[] }>(sandbox, pods);
  const [container] = items[0]?.spec.containers ?? [];
  if (container === undefined) throw new Error('expected a pod of the API');
  return { ...container, volumeMounts: [] };
}

/** Why the container of a pod waits, and why it ended last. */
function reason({ metadata, status }: Pod): string {
  if (metadata.deletionTimestamp !== undefined) return 'leaving';
  const { state, lastState } = status?.containerStatuses?.[0] ?? {};
  const { waiting, terminated = lastState?.terminated } = state ?? {};
  return `${waiting?.reason}/${terminated?.reason}`;
}

async function reasons(): Promise<string[]> {
  return (await getObject<{ items: Pod[] }>(sandbox, pods)).items.map(reason);
}

const three = (value: unknown): unknown[] => [value, value, value];

const bringAbout: Record<string, { act: () => Promise<void>; expected: unknown }> = {
  'crash-loop': {
    act: async () => {
      const container = { ...(await apiContainer()), command: ['node', '/app/sever.js'] };
      await patchApi(container, { type: 'Recreate', rollingUpdate: null });
    },
    expected: 'CrashLoopBackOff/Error',
  },
  oom: {
    act: async () => {
      const resources = { requests: { memory: '16Mi' }, limits: { memory: '160Mi' } };
      await patchApi({ ...(await apiContainer()), command: ['node', '-e', greedy], resources });
    },
    expected: expect.stringContaining('/OOMKilled'),
  },
};

/** How a run of a transcript's command differs from it, known differences left out. */
async function surprises(state: string, name: string): Promise<string[]> {
  const recorded = transcript(name, state);
  const translate = await translator(sandbox);
  const run = await bash(translate(recorded.command), sandbox.description.kubeconfig, sandbox.stateDir);
  const differences = differencesOf(recorded, run, recorded.command);
  return unexplained(name, differences, new Set());
}

describe.each(Object.entries(bringAbout))('%s', (state, { act, expected }) => {
  test('comes about', { timeout: 60_000 }, async () => {
    await act();
    await expect.poll(reasons, slow).toEqual(three(expected));
  });

  // A service that works until it has too much passes for rolled out at times.
  const names = transcriptNames(state).filter((name) => state !== 'oom' || name !== 'rollout-status-timeout');
  test.concurrent.each(names)('%s', async (name) => {
    // Containers come and go here: what was recorded is one moment of it.
    await expect.poll(() => surprises(state, name), slow).toEqual([]);
  });
});

describe('node-dead', () => {
  test('comes about', { timeout: 60_000 }, async () => {
    const { command: _command, resources: _resources, ...container } = await apiContainer();
    await patchApi({ ...container, command: null, resources: { limits: { memory: '512Mi' } } });
    const ready = async () =>
      (await getObject<{ status: { readyReplicas?: number } }>(sandbox, deployment)).status.readyReplicas;
    await expect.poll(ready, slow).toBe(3);
    expect((await askControl(sandbox, 'POST', '/faults/node-frozen', { node: 'node-b' })).status).toBe(201);
    await expect.poll(ready, slow).toBe(2);
  });

  // A log of the dead node takes the API server's 30 s; reading.cluster.test.ts has it with a shorter limit.
  const names = transcriptNames('node-dead').filter((name) => !name.startsWith('logs'));
  test.concurrent.each(names)('%s', async (name) => {
    expect(await surprises('node-dead', name)).toEqual([]);
  });
});
