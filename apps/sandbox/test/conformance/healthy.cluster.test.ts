import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Deployment, Node } from '#store';
import { kubectl, kubectlPrograms, requireKubectl, type Run } from '../kubectl/kubectl.ts';
import { recordedRequests, transcript, transcriptNames } from '../kubectl/recorded-cluster.ts';
import { askKubernetes, getObject, newStateDir, startProcess, stopProcess } from '../sandbox-process.ts';
import type { SandboxProcess } from '../sandbox-process.ts';
import { bash } from './bash.ts';
import { differencesOf } from './compare.ts';
import { knownDifferences, unexplained } from './known-differences.ts';
import { translator } from './recorded-names.ts';

const deployment = '/apis/apps/v1/namespaces/platform/deployments/multitenant-api';
const budget = '/apis/policy/v1/namespaces/platform/poddisruptionbudgets/multitenant-api';
const slow = { timeout: 40_000, interval: 200 };

let sandbox: SandboxProcess;

beforeAll(async () => {
  requireKubectl();
  sandbox = await startProcess(await newStateDir(), ['--fast', '--node-grace-ms', '20000']);
});
afterAll(async () => {
  await stopProcess(sandbox);
  await fs.rm(sandbox.stateDir, { recursive: true, force: true });
});

const seen = new Set<string>();

async function runRecorded(name: string): Promise<Run> {
  const translate = await translator(sandbox);
  return bash(translate(transcript(name).command), sandbox.description.kubeconfig, sandbox.stateDir);
}

/** How a run of a transcript's command differs from it, known differences left out. */
async function surprises(name: string): Promise<string[]> {
  const recorded = transcript(name);
  const run = await runRecorded(name);
  const differences = differencesOf(recorded, run, recorded.command);
  return unexplained(name, differences, seen);
}

async function patch(route: string, spec: object): Promise<void> {
  expect((await askKubernetes(sandbox, 'PATCH', route, { spec })).status).toBe(200);
}

async function isSettled(): Promise<boolean> {
  const { metadata, spec, status } = await getObject<Deployment>(sandbox, deployment);
  const counts = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
  return status?.observedGeneration === metadata.generation && counts.every((n) => n === spec.replicas);
}

async function settled(): Promise<void> {
  await expect.poll(isSettled, slow).toBe(true);
}

/** What asking for the pod `debug` is answered with. */
async function debugPod(): Promise<number> {
  return (await askKubernetes(sandbox, 'GET', '/api/v1/namespaces/platform/pods/debug')).status;
}

async function writeManifest(): Promise<void> {
  const { apiVersion, kind, metadata, spec } = await getObject<Deployment>(sandbox, deployment);
  const { name, namespace, labels } = metadata;
  const [container] = spec.template.spec.containers;
  if (container) container.resources = { ...container.resources, limits: { memory: '192Mi' } };
  const manifest = { apiVersion, kind, metadata: { name, namespace, labels }, spec };
  await fs.writeFile(path.join(sandbox.stateDir, 'deployment.json'), JSON.stringify(manifest));
}

/** What changes the cluster, or needs it as it was then, in order, with what brings that about. */
const inOrder: [name: string, before?: () => Promise<unknown>][] = [
  ['patch-memory', () => runRecorded('patch-memory')],
  ['apply-dry-run-client', writeManifest],
  ['apply-dry-run-server'],
  ['apply-dry-run-server-ssa'],
  ['apply-dry-run-server-ssa-force'],
  ['diff'],
  ['set-image-dry'],
  ['err-patch-invalid'],
  ['rollout-restart'],
  ['rollout-status'],
  ['rollout-status-1', settled],
  ['rollout-history'],
  ['rollout-undo-bad-revision'],
  ['rollout-undo'],
  ['rollout-restart-statefulset'],
  ['rollout-status-statefulset'],
  ['watch-during-restart', settled],
  ['scale', settled],
  ['scale-back'],
  ['delete-pod', settled],
  ['cordon', settled],
  ['cordon-again'],
  ['get-nodes-cordoned'],
  ['uncordon'],
  ['uncordon-again'],
  ['drain-blocked-by-pdb', () => patch(budget, { minAvailable: 3 })],
  ['drain', () => patch(budget, { minAvailable: 1 })],
  ['drain-again'],
];

describe('the healthy cluster', () => {
  const changing = new Set(inOrder.map(([name]) => name));
  const names = transcriptNames('healthy').filter((name) => !changing.has(name));
  // All debug pods have the same name.
  const [reading, debugging] = [false, true].map((debug) =>
    names.filter((name) => name.startsWith('run-debug') === debug),
  );

  test.concurrent.each(reading ?? [])('%s', async (name) => {
    expect(await surprises(name)).toEqual([]);
  });

  test.each(debugging ?? [])('%s', async (name) => {
    // kubectl does not wait until the pod of the one before is gone.
    await expect.poll(debugPod, slow).toBe(404);
    expect(await surprises(name)).toEqual([]);
  });

  test('requests of kubectl are answered with the recorded codes', async () => {
    const translate = await translator(sandbox);
    const all = transcriptNames('healthy').flatMap(recordedRequests);
    const routes = new Map(
      all
        .filter(
          ({ method, target, code }) => method === 'GET' && code === 200 && !/watch=|follow=/.test(target),
        )
        // Neither its debug pods nor its own policies are here.
        .filter(({ target }) => !/pods\/debug|networkpolicies\//.test(target))
        .map(({ target, code }) => [translate(target), code]),
    );
    expect(routes.size).toBeGreaterThan(20);
    const answers = await Promise.all(
      [...routes.keys()].map(async (route) => [route, (await askKubernetes(sandbox, 'GET', route)).status]),
    );
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(routes));
  });

  test.each(inOrder)('%s', { timeout: 60_000 }, async (name, before) => {
    await before?.();
    expect(await surprises(name)).toEqual([]);
  });

  test('is left with its nodes cordoned as by the drain, and nothing else', async () => {
    const { items } = await getObject<{ items: Node[] }>(sandbox, '/api/v1/nodes');
    expect(items.map(({ spec }) => spec.unschedulable === true)).toEqual([false, true, false]);
  });
});

describe.each(kubectlPrograms())('kubectl %s', (_version, program) => {
  // Versions 1.29 and 1.30 take WebSockets only when they are told to.
  test('carries input and output of a command over a WebSocket', async () => {
    const script = 'cat; head -c 300000 /dev/zero | tr "\\0" x; echo oops >&2; exit 5';
    const args = ['exec', '-n', 'platform', '-i', 'postgres-0', '--', 'sh', '-c', script];
    const { exitCode, stdout, stderr } = await kubectl(sandbox.description.kubeconfig, args, {
      program,
      input: 'zwölf\n',
      env: { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'true' },
    });
    expect([exitCode, stdout.slice(0, 6), stdout.length]).toEqual([5, 'zwölf\n', 300_006]);
    expect(stderr).toContain('oops\n');
  });

  test('is told which protocol is served when it asks for SPDY', async () => {
    const args = ['exec', '-n', 'platform', 'postgres-0', '--', 'true'];
    const { exitCode, stderr } = await kubectl(sandbox.description.kubeconfig, args, {
      program,
      env: { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false' },
    });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('SPDY/3.1 is not served; kubectl >= 1.31 uses WebSocket');
  });
});

describe('known differences', () => {
  test('are those of the page, each met by a run', async () => {
    const page = await fs.readFile(path.resolve(import.meta.dirname, '../../../../docs/sandbox.md'), 'utf8');
    const listed = [...page.matchAll(/^- `([a-z-]+)`: /gm)].map(([, id]) => id);
    expect(listed.toSorted()).toEqual(knownDifferences.map(({ id }) => id).toSorted());
    const byChance = knownDifferences.filter((one) => one.byChance === true).map(({ id }) => id);
    const met = new Set([...seen, ...byChance]);
    expect([...met].toSorted()).toEqual(knownDifferences.map(({ id }) => id).toSorted());
  });
});
