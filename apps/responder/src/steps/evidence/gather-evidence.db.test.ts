import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/database.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { openBench, openIncident, until, type Bench } from '../fixtures/steps-bench.ts';
import { keepEvidence, readEvidence } from './keep-evidence.ts';
import { answer } from './read-outcome.ts';

const database = await freshDatabase();
let api: SmallKubeApi;
let bench: Bench;

beforeAll(async () => {
  api = await startSmallKubeApi(join(mkdtempSync(join(tmpdir(), 'tocsin-gather-')), 'kubeconfig'));
  bench = openBench({ databaseUrl: database.url, kubeconfig: api.kubeconfig, kubectlPath: null });
});
afterAll(async () => {
  await bench.close();
  await api.close();
});

const main = fileURLToPath(new URL('../fixtures/run-and-die.ts', import.meta.url));

test('killed between freezing and telling: each read is told once, and the frozen text stays', async () => {
  const incident = await openIncident(bench, 'node-b');
  const first = spawn(process.execPath, [main, database.url, api.kubeconfig, 'before evidence'], {
    stdio: 'inherit',
  });
  await once(first, 'exit');
  const before = await bench.db.query<{ id: string; ended_at: number }>('select id, ended_at from evidence');
  expect(before.rowCount).toBeGreaterThan(0);
  await bench.steps.start();
  const done = await until(async () => {
    const now = await bench.incidents.get(incident.id);
    return now !== null && now.evidence.length === now.evidenceRequested.length ? now : null;
  });
  const events = await bench.incidents.events(incident.id);
  expect(events.filter((event) => event.body.type === 'evidence-collected')).toHaveLength(
    done.evidence.length,
  );
  expect(new Set(done.evidence.map((one) => one.actionId)).size).toBe(done.evidence.length);
  for (const { id, ended_at: endedAt } of before.rows)
    expect((await bench.steps.readEvidence(id))?.endedAt).toBe(endedAt);
  expect(done.evidence.filter((one) => one.mode === 'equivalent' || one.outcome === 'not-run')).toHaveLength(
    done.evidence.length,
  );
});

test('secrets are gone before anything is stored, and the first record stays', async () => {
  const incident = await bench.incidents.list();
  const one = {
    id: 'ev_secret',
    incidentId: incident[0]?.id ?? '',
    actionId: 'x',
    command: 'psql postgres://app:hunter22@db/x',
    startedAt: Date.now(),
    result: answer('token=abcdefgh known-secret-1 \0 end', 'as-written'),
    secrets: ['known-secret-1'],
  };
  await keepEvidence(bench.db, one);
  const again = await keepEvidence(bench.db, { ...one, command: 'other' });
  expect(again).toMatchObject({
    command: 'psql postgres://app:[redacted]@db/x',
    stdout: 'token=[redacted] [redacted] \uFFFD end',
  });
  expect(await readEvidence(bench.db, 'ev_none')).toBeNull();
});
