import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { readAutomatic } from '../../incidents/store/read-automatic.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { openBench, openIncident, until, type Bench } from '../fixtures/steps-bench.ts';

const database = await freshDatabase();
let api: SmallKubeApi;
let bench: Bench;

beforeAll(async () => {
  api = await startSmallKubeApi(join(mkdtempSync(join(tmpdir(), 'tocsin-automatic-')), 'kubeconfig'));
  const approvals = {
    singlePerson: false,
    automatic: [{ action: 'node-issue-1', softPerHour: 1 }],
    hardPerHour: 1,
  };
  bench = openBench({ databaseUrl: database.url, kubeconfig: api.kubeconfig, kubectlPath: null, approvals });
});
afterAll(async () => {
  await bench.close();
  await api.close();
});

test('what the policy names runs without a person, is counted over all incidents, and what it does not waits', async () => {
  const { id } = await openIncident(bench, 'node-b');
  await bench.steps.start();
  const steps = await until(async () => {
    const seen = (await bench.incidents.get(id))?.steps ?? [];
    return seen.some((one) => one.status === 'succeeded') && seen;
  });
  expect(steps.map(({ actionId, status }) => [actionId, status])).toEqual([
    ['node-issue-1', 'succeeded'],
    ['node-issue-2', 'proposed'],
  ]);
  expect(api.changes).toEqual(['cordon node-b']);
  const counted = await bench.db.transact((tx) => readAutomatic(tx, Date.now()));
  expect(counted).toEqual([{ actionId: 'node-issue-1', at: expect.any(Number) }]);
  const anHourLater = Date.now() + 3_600_001;
  expect(await bench.db.transact((tx) => readAutomatic(tx, anHourLater))).toEqual([]);
});
