import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCluster } from '#cluster';
import { createLogger } from '#platform';
import { kubectlRunner } from '../fixtures/kubectl-runner.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { service } from '../fixtures/steps-bench.ts';
import { readLiveView } from '../live-view.ts';
import type { Change } from './change.ts';
import { dryRun, type DryRun } from './dry-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-dry-run-'));
const kubectl = join(folder, 'kubectl');
const { signal } = new AbortController();
let api: SmallKubeApi;

beforeEach(async () => {
  writeFileSync(kubectl, '#!/bin/sh\nexec sleep 3600\n');
  chmodSync(kubectl, 0o755);
  api = await startSmallKubeApi(join(folder, 'kubeconfig'));
});
afterEach(() => api.close());

async function tryOut(change: Change, argv: readonly string[]): Promise<DryRun | null> {
  const log = createLogger({ level: 'fatal' });
  const cluster = createCluster({ kubeconfigPath: api.kubeconfig, service, log });
  const runner = kubectlRunner(kubectl, { home: folder, kubeconfig: api.kubeconfig });
  const room = { cluster, service, connections: () => null };
  const live = await readLiveView(room, change, signal);
  const parts = { runner, cluster, namespace: service.namespace, live, limitMs: 300, signal };
  return dryRun(change, [argv], parts);
}

test('a kubectl that hangs does not decide: the API is asked itself', async () => {
  const change = { kind: 'cordon', node: 'node-b' } as const;
  expect(await tryOut(change, ['kubectl', 'cordon', 'node-b'])).toMatchObject({
    ok: true,
    text: expect.stringContaining('server dry run by API'),
  });
  expect(api.changes).toEqual([]);
});

test('where the API is asked by kubectl alone, its hanging keeps the change from being offered', async () => {
  const change = { kind: 'other', target: 'label/node' } as const;
  expect(await tryOut(change, ['kubectl', 'label', 'node', 'node-b', 'a=b'])).toEqual({
    ok: false,
    text: 'kubectl label --dry-run=server:\nno end within 0.3 s',
  });
});
