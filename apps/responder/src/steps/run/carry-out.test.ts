import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCluster, type Cluster } from '#cluster';
import { createLogger } from '#platform';
import { kubectlRunner } from '../fixtures/kubectl-runner.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { service } from '../fixtures/steps-bench.ts';
import { carryOut, type CarriedOut } from './carry-out.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-carry-'));
const echoes = join(folder, 'kubectl');
let api: SmallKubeApi;
let cluster: Cluster;

beforeEach(async () => {
  writeFileSync(echoes, '#!/bin/sh\necho "$@"\n');
  chmodSync(echoes, 0o755);
  api = await startSmallKubeApi(join(folder, 'kubeconfig'));
  const log = createLogger({ level: 'fatal' });
  cluster = createCluster({ kubeconfigPath: api.kubeconfig, service, log });
});
afterEach(async () => {
  await cluster.stop();
  await api.close();
});

function cordon(kubectl: string | null, as: string | null): Promise<CarriedOut> {
  const runner = kubectlRunner(kubectl, { home: folder, kubeconfig: api.kubeconfig });
  return carryOut(runner, cluster, {
    change: { kind: 'cordon', node: 'node-b' },
    pipeline: [['kubectl', 'cordon', 'node-b']],
    namespace: 'platform',
    limitMs: 20_000,
    as,
    signal: new AbortController().signal,
  });
}

test('kubectl acts with the rights of who approved, or with our own', async () => {
  expect((await cordon(echoes, 'ada@example.com')).stdout).toBe('--as=ada@example.com cordon node-b\n');
  expect((await cordon(echoes, null)).stdout).toBe('cordon node-b\n');
});

test('so does a typed call where there is no kubectl', async () => {
  await cordon(null, 'ada@example.com');
  await cordon(null, null);
  expect(api.changes).toEqual(['cordon node-b as ada@example.com', 'cordon node-b']);
});
