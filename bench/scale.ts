import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../apps/cli/src/connect.ts';
import { cpuMs, residentBytes } from './process-usage.ts';
import { startStackProcess, withStateDir } from './stack-process.ts';

interface Size {
  readonly nodes: number;
  readonly pods: number;
  readonly servicePods: number;
  readonly tenants: number;
}

const small: Size = { nodes: 3, pods: 10, servicePods: 3, tenants: 5 };
const large: Size = { nodes: 500, pods: 5000, servicePods: 20, tenants: 1000 };
const settleMs = 60_000;
const measureMs = 60_000;
/** Before an outage of a responder that has just started. */
const settledMs = 20_000;
/** How many outages are timed: where one falls between two looks is chance. */
const detections = Number(process.env['BENCH_RUNS'] ?? 5);

/** The responder beside a small and a large simulated cluster: memory, processor time at rest, and how soon it sees an outage. */
export async function scale(): Promise<object> {
  return { small: { ...small, ...(await measure(small)) }, large: { ...large, ...(await measure(large)) } };
}

async function measure(size: Size): Promise<object> {
  const [load, first] = await withResponder(size, async (one) => [await atRest(one.pid), await detect(one)]);
  const detectedAfterMs = [first];
  // An outage lasts until its review: each further one needs a responder of its own.
  while (detectedAfterMs.length < detections)
    detectedAfterMs.push(
      await withResponder(size, async (one) => {
        await sleep(settledMs + Math.random() * 5000);
        return detect(one);
      }),
    );
  const median = detectedAfterMs.toSorted((a, b) => a - b)[Math.floor(detections / 2)];
  return { ...load, detectedAfterMs, detectedAfterMsMedian: median };
}

interface Watching {
  readonly pid: number;
  readonly folder: string;
  /** Of the simulated service. */
  readonly port: number;
}

function withResponder<T>(size: Size, work: (one: Watching) => Promise<T>): Promise<T> {
  return withStateDir(async (folder) => {
    const cluster = await startCluster(folder, size);
    const stack = await startStackProcess(folder, ['--config', writeConfig(folder, cluster.port, size)]);
    try {
      return await work({ pid: Number(stack.ready['responderPid']), folder, port: cluster.port });
    } finally {
      await stack.stop();
      cluster.child.stdin?.end();
    }
  });
}

async function atRest(pid: number): Promise<{ cpuPercentOfOneCore: number; residentMb: number }> {
  await sleep(settleMs);
  const before = cpuMs(pid);
  await sleep(measureMs);
  return {
    cpuPercentOfOneCore: Math.round(((cpuMs(pid) - before) / measureMs) * 1000) / 10,
    residentMb: Math.round(residentBytes(pid) / 1e5) / 10,
  };
}

/** From the first answer 500 to the open incident. */
async function detect({ folder, port }: Watching): Promise<number> {
  const client = connect({ stateDir: folder, as: 'primary' });
  const brokenAt = performance.now();
  await fetch(`http://127.0.0.1:${port}/break`, { method: 'POST' });
  while ((await client.listIncidents()).length === 0) {
    if (performance.now() - brokenAt > 120_000) throw new Error('no incident within 120 s');
    await sleep(50);
  }
  return Math.round(performance.now() - brokenAt);
}

async function startCluster(folder: string, size: Size): Promise<{ child: ChildProcess; port: number }> {
  const script = join(import.meta.dirname, 'large-cluster.ts');
  const args = [size.nodes, size.pods, size.servicePods, size.tenants].map(String);
  const child = spawn(process.execPath, [script, folder, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve((JSON.parse(line) as { port: number }).port),
    );
    child.once('exit', () => reject(new Error('the simulated cluster ended before it was ready')));
  });
  return { child, port };
}

function writeConfig(folder: string, port: number, { tenants }: Size): string {
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens);
  const names = Array.from({ length: tenants }, (_, i) => `tenant-${i}`);
  for (const name of names) writeFileSync(join(tokens, name), `token-of-${name}`);
  const file = join(folder, 'tocsin.yaml');
  const config = {
    kubeconfig: join(folder, 'kubeconfig'),
    runbook: join(import.meta.dirname, '../runbooks/outage.md'),
    service: {
      id: 'multitenant-api',
      namespace: 'platform',
      deployment: 'multitenant-api',
      service: 'multitenant-api-service',
      podLabels: { app: 'multitenant-api' },
      podPort: port,
      dependencies: ['statefulset/postgres', 'deployment/redis'],
      probes: [{ target: 'data', url: `http://127.0.0.1:${port}/api/data` }],
      tenants: names.map((id) => ({ id, tokenFile: join(tokens, id) })),
    },
    people: [{ id: 'primary', name: 'Primary on-call', role: 'admin', contacts: [{ channel: 'inbox' }] }],
    onCall: { '1': ['primary'] },
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}
