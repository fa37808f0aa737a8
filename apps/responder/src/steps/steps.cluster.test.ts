import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Incident, Step } from '#incidents';
import {
  newStateDir,
  startProcess,
  stopProcess,
  type SandboxProcess,
} from '../../../sandbox/test/sandbox-process.ts';
import { freshDatabase } from '../../test/database.ts';
import { readLiveView } from './live-view.ts';
import { readChange } from './prepare/change.ts';
import { readDifferences } from './prepare/read-differences.ts';
import { openBench, openIncident, person, service, until, type Bench } from './fixtures/steps-bench.ts';

const kubectl = (process.env['PATH'] ?? '')
  .split(':')
  .map((folder) => `${folder}/kubectl`)
  .find((file) => existsSync(file));
const database = await freshDatabase();
let sandbox: SandboxProcess;
let bench: Bench;

beforeAll(async () => {
  sandbox = await startProcess(await newStateDir());
}, 90_000);
afterAll(async () => {
  await stopProcess(sandbox);
});
afterEach(async () => {
  await bench.db.query('truncate incidents, jobs, evidence, timers, incident_events cascade');
  await bench.close();
});

async function control(method: string, path: string, body: object = {}): Promise<{ id?: string }> {
  const { url, token } = sandbox.description.control;
  const sent = request(`${url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  sent.end(JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const answer = Buffer.concat(chunks).toString().trim();
  return answer === '' ? {} : (JSON.parse(answer) as { id?: string });
}

async function open(kubectlPath: string | null): Promise<void> {
  const { ingressUrl, ingressHost, tenants, kubeconfig } = sandbox.description;
  const probe = { target: 'data', url: `${ingressUrl}/api/data`, host: ingressHost, timeoutMs: 3000 };
  bench = openBench({
    databaseUrl: database.url,
    kubeconfig,
    kubectlPath,
    service: { ...service, probes: [probe], tenants },
  });
  await bench.steps.start();
}

async function stepOf(incident: Incident, word: string, status: readonly string[]): Promise<Step | null> {
  const now = await bench.incidents.get(incident.id);
  return now?.steps.find((step) => step.command.includes(word) && status.includes(step.status)) ?? null;
}

async function approveAndWait(incident: Incident, word: string): Promise<Step> {
  const step = await until(() => stepOf(incident, word, ['proposed', 'blocked']));
  expect(step.checks.filter((check) => !check.ok)).toEqual([]);
  expect(step.dryRun?.text).toContain('dry run');
  for (const one of ['primary', 'ben'].slice(0, step.approvalsNeeded))
    await bench.incidents.apply(
      incident.id,
      { kind: 'approve', stepId: step.id, bindingHash: step.bindingHash },
      person(one),
    );
  return until(() => stepOf(incident, word, ['succeeded', 'failed', 'unknown', 'blocked']), 100_000);
}

/** A node with exactly one pod of the service. */
async function nodeOfOnePod(): Promise<string> {
  const pods = await bench.cluster.listPods('platform');
  const api = pods.filter((pod) => pod.labels['app'] === 'multitenant-api' && pod.deletionAt === null);
  const postgres = pods.find((pod) => pod.name.startsWith('postgres'));
  const nodes = api.map((pod) => pod.nodeName).filter((node) => node !== null && node !== postgres?.nodeName);
  const [node] = nodes;
  if (node === undefined || node === null) throw new Error('no node runs the service without its database');
  return node;
}

test.each([
  ['kubectl', kubectl ?? 'kubectl is not on the PATH'],
  ['typed calls', null],
])(
  'a frozen node is cordoned and drained by %s, and the service recovers',
  async (how, kubectlPath) => {
    await open(kubectlPath);
    const node = await nodeOfOnePod();
    const fault = await control('POST', '/faults/node-frozen', { node });
    const startedAt = performance.now();
    const incident = await openIncident(bench, node);
    const evidence = await until(async () => {
      const now = await bench.incidents.get(incident.id);
      return now !== null && now.evidence.length === 6 ? now.evidence : null;
    });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    const outcome = (label: string) => evidence.find((one) => one.label === label);
    expect(outcome('Nodes')).toMatchObject({
      outcome: 'ended',
      mode: kubectlPath === null ? 'equivalent' : 'as-written',
    });
    expect(outcome('Logs')?.reason).toContain(
      kubectlPath === null ? 'typed read' : `on ${node}: no answer within`,
    );
    expect(outcome('Database')).toMatchObject({ outcome: 'ended', mode: 'equivalent' });
    expect(outcome('Forward')).toMatchObject({ outcome: 'not-run' });

    const cordon = await approveAndWait(incident, 'cordon');
    expect(cordon).toMatchObject({ status: 'succeeded', undo: `kubectl uncordon ${node}` });
    expect(cordon.differences).toContain('spec.unschedulable: none → true');
    const drain = await approveAndWait(incident, 'drain');
    expect(drain.outcome).toContain(`no ready endpoint on ${node}`);
    expect(drain.status).toBe('succeeded');
    expect(drain.outcome).toContain(how.replace('calls', 'call'));

    const endpoints = await bench.cluster.listEndpoints('platform');
    const own = endpoints.filter((one) => one.service === 'multitenant-api-service' && one.ready);
    expect(own.map((one) => one.nodeName)).not.toContain(node);
    await until(async () => {
      const deployment = (await bench.cluster.listWorkloads('platform')).find(
        (one) => one.name === 'multitenant-api',
      );
      return deployment?.readyReplicas === 3;
    }, 30_000);
    await bench.db.transact((tx) => bench.steps.enqueue(tx, incident.id, { kind: 'smoke-test' }));
    await until(async () => {
      const { rows } = await bench.db.query<{ state: string }>(
        `select state from jobs where kind = 'smoke-test'`,
      );
      return rows.some((row) => row.state === 'done');
    });
    const token = await readFile(sandbox.description.tenants[0]?.tokenFile ?? '', 'utf8');
    const kept = await bench.db.query('select 1 from evidence where position($1 in stdout) > 0', [
      token.trim(),
    ]);
    expect(kept.rowCount).toBe(0);

    await control('DELETE', `/faults/${fault.id}`);
    await bench.cluster.uncordon(node);
    await until(
      async () => (await bench.cluster.podsOnNode(node)).every((pod) => pod.deletionAt === null),
      60_000,
    );
  },
  240_000,
);

/** What the change would make of its object, as an offer shows it. */
async function differencesOf(...argv: string[]): Promise<readonly string[] | null> {
  const { signal } = new AbortController();
  const pipeline = [['kubectl', ...argv, '-n', 'platform']];
  const change = readChange(pipeline);
  const { cluster } = bench;
  const live = await readLiveView({ cluster, service, connections: () => null }, change, signal);
  const about = { cluster, namespace: 'platform', live, signal, at: Date.UTC(2026, 0, 31) };
  return readDifferences({ change, pipeline }, about);
}

async function liveService() {
  return (await bench.cluster.listWorkloads('platform')).find((one) => one.name === 'multitenant-api');
}

test('what a restart, a limit and an undo would change is told by the server, and nothing is changed', async () => {
  await open(null);
  expect(await differencesOf('rollout', 'restart', 'deployment/multitenant-api')).toEqual([
    expect.stringMatching(/restartedAt.*2026-01-31T00:00:00.000Z/),
  ]);
  const containers = [{ name: 'api', resources: { limits: { memory: '900Mi' } } }];
  const limits = JSON.stringify({ spec: { template: { spec: { containers } } } });
  expect(await differencesOf('patch', 'deployment/multitenant-api', '-p', limits)).toEqual([
    expect.stringMatching(
      /^spec\.template\.spec\.containers\[api\]\.resources\.limits\.memory: \d+Mi → 900Mi$/,
    ),
  ]);
  const before = await liveService();
  const fault = await control('POST', '/faults/image-missing', {});
  const undone = await until(async () => {
    const lines = await differencesOf('rollout', 'undo', 'deployment/multitenant-api');
    return lines !== null && lines.length > 0 ? lines : null;
  });
  expect(undone).toEqual([
    expect.stringMatching(/^spec\.template\.spec\.containers\[api\]\.image: .+ → .+$/),
  ]);
  await control('DELETE', `/faults/${fault.id}`);
  expect((await liveService())?.replicas).toBe(before?.replicas);
}, 120_000);
