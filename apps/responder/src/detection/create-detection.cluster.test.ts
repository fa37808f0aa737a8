import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { compileRunbook } from '@tocsin/runbook';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  askControl,
  newStateDir,
  startProcess,
  stopProcess,
  type SandboxProcess,
} from '../../../sandbox/test/sandbox-process.ts';
import { createCluster, type Cluster } from '#cluster';
import { diagnose } from '#diagnosis';
import { createLogger } from '#platform';
import type { Config } from '../config.ts';
import type { Assessment } from './assessment.ts';
import { createDetection, type Detection } from './create-detection.ts';
import { watchedService } from './watched-service.ts';

const document = new URL('../../../../runbooks/outage.md', import.meta.url).pathname;
const log = createLogger({ level: 'silent' });

let sandbox: SandboxProcess;
let cluster: Cluster;
let detection: Detection;
let told: Assessment[] = [];

function configOf({ description }: SandboxProcess): Pick<Config, 'service'> {
  const url = `${description.ingressUrl}/api/data`;
  return {
    service: {
      id: 'multitenant-api',
      namespace: 'platform',
      deployment: 'multitenant-api',
      service: 'multitenant-api-service',
      podLabels: { app: 'multitenant-api' },
      podPort: 8080,
      readinessPath: '/readyz',
      metricsPath: '/metrics',
      scrapeIntervalMs: 5000,
      probesPerSecond: 50,
      dependencies: ['statefulset/postgres'],
      checks: [],
      probes: [
        {
          target: 'data',
          url,
          host: description.ingressHost,
          intervalMs: 500,
          timeoutMs: 2000,
          critical: true,
        },
      ],
      tenants: description.tenants.map(({ id, tokenFile }) => ({ id, tokenFile })),
    },
  };
}

beforeAll(async () => {
  sandbox = await startProcess(await newStateDir());
  const config = configOf(sandbox);
  const service = watchedService(config);
  cluster = createCluster({ kubeconfigPath: sandbox.description.kubeconfig, service, log });
  await cluster.start();
  detection = createDetection({
    told: { alerts: () => [], reports: () => [] },
    config,
    plan: compileRunbook(await fs.readFile(document, 'utf8')),
    cluster,
    log,
    onAssessment: (assessment) => told.push(assessment),
  });
  await detection.start();
}, 120_000);

afterAll(async () => {
  await detection.stop();
  await cluster.stop();
  await stopProcess(sandbox);
  await fs.rm(sandbox.stateDir, { recursive: true, force: true });
}, 60_000);

it('stays silent at rest and during a restart of all pods', async () => {
  await vi.waitFor(() => expect(detection.current()?.assessment.restored).toBe(true), { timeout: 40_000 });
  const workload = { kind: 'deployment', namespace: 'platform', name: 'multitenant-api' } as const;
  const generation = (await cluster.listWorkloads('platform')).find(
    (one) => one.name === workload.name,
  )?.generation;
  expect(await cluster.rolloutRestart(workload)).toMatchObject({ ok: true });
  await vi.waitFor(
    () => {
      const now = cluster.facts().workloads.find((one) => one.name === workload.name);
      expect(now?.observedGeneration).toBeGreaterThan(generation ?? 0);
      expect(now?.updatedReplicas).toBe(3);
      expect(cluster.facts().pods.filter((pod) => pod.labels['app'] === workload.name)).toHaveLength(3);
    },
    { timeout: 90_000, interval: 500 },
  );
  await sleep(3000);
  expect(told.filter((one) => one.verdict === 'confirmed')).toEqual([]);
}, 150_000);

it('sees a frozen node within seconds, names it, and sees the end', async () => {
  told = [];
  const frozenAt = Date.now();
  const fault = await askControl<{ id: string; subject: string }>(sandbox, 'POST', '/faults/node-frozen', {});
  const { id, subject } = fault.body;
  await vi.waitFor(() => expect(told.some((one) => one.severity === 'P0')).toBe(true), { timeout: 20_000 });
  const first = told.find((one) => one.verdict === 'confirmed');
  expect(first?.confirmedBy).toEqual(expect.arrayContaining(['A', 'D']));
  expect(first?.reason).toContain('Kubernetes needs 40-50 s');
  expect(first?.impactStartAt).toBeGreaterThan(frozenAt - 1500);
  const facts = detection.current()?.facts;
  expect(facts && diagnose(facts)[0]).toMatchObject({ id: 'node-failure', subject });
  await askControl(sandbox, 'DELETE', `/faults/${id}`);
  await vi.waitFor(() => expect(detection.current()?.assessment.restored).toBe(true), { timeout: 60_000 });
}, 120_000);
