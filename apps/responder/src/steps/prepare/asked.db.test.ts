import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Incident, LaterInput, Step } from '#incidents';
import { freshDatabase } from '../../../test/database.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { openBench, openIncident, person, until, type Bench } from '../fixtures/steps-bench.ts';

const database = await freshDatabase();
let api: SmallKubeApi;
let bench: Bench;
let incident: Incident;

beforeEach(async () => {
  api = await startSmallKubeApi(join(mkdtempSync(join(tmpdir(), 'tocsin-asked-')), 'kubeconfig'));
  bench = openBench({ databaseUrl: database.url, kubeconfig: api.kubeconfig, kubectlPath: null });
  incident = await openIncident(bench, 'node-b');
  await bench.steps.start();
});
afterEach(async () => {
  await bench.db.query('truncate incidents, jobs, evidence, timers, incident_events cascade');
  await bench.close();
  await api.close();
});

const now = async (): Promise<Incident> => (await bench.incidents.get(incident.id)) ?? incident;
const by = (who: string, body: LaterInput): Promise<Incident> =>
  bench.incidents.apply(incident.id, body, person(who));

function stepWith(id: string, status: Step['status']): Promise<Step> {
  return until(async () => (await now()).steps.find((one) => one.id === id && one.status === status));
}

test('a read that somebody asks for is kept as evidence with what it said', async () => {
  await by('primary', { kind: 'ask', command: 'kubectl get nodes', reason: 'which are ready?' });
  const read = await until(async () => (await now()).evidence.find((one) => one.actionId === 'asked-1'));
  expect(read).toMatchObject({ command: 'kubectl get nodes', outcome: 'ended' });
  expect((await bench.steps.readEvidence(read.id))?.stdout).not.toBe('');
});

test('a change that somebody asks for meets the same checks; an override and another person carry it through', async () => {
  await by('primary', { kind: 'ask', command: 'kubectl cordon node-a', reason: 'its disk is bad' });
  const blocked = await stepWith('asked-1', 'blocked');
  expect(blocked.outcome).toContain('fleet-healthy');
  const reason = 'node-b is dead anyway';
  await by('primary', { kind: 'override', stepId: blocked.id, reason });
  const { bindingHash, overridden } = await stepWith('asked-1-2', 'proposed');
  expect(overridden).toMatchObject({ reason, by: { id: 'primary' } });
  const yes = { kind: 'approve', stepId: 'asked-1-2', bindingHash } as const;
  await expect(by('primary', yes)).rejects.toThrow('somebody else has to approve it');
  await by('ben', yes);
  await stepWith('asked-1-2', 'succeeded');
  expect(api.changes).toEqual(['cordon node-a']);
});
