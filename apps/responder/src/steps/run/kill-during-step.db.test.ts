import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Incident, Step } from '#incidents';
import { freshDatabase } from '../../../test/database.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { openBench, openIncident, person, until, type Bench } from '../fixtures/steps-bench.ts';

const database = await freshDatabase();
let api: SmallKubeApi;
let bench: Bench;
const children: ChildProcess[] = [];

beforeEach(async () => {
  api = await startSmallKubeApi(join(mkdtempSync(join(tmpdir(), 'tocsin-kill-')), 'kubeconfig'));
  bench = openBench({ databaseUrl: database.url, kubeconfig: api.kubeconfig, kubectlPath: null });
});
afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await bench.db.query('truncate incidents, jobs, evidence, timers, incident_events cascade');
  await bench.close();
  await api.close();
});

const main = fileURLToPath(new URL('../fixtures/run-and-die.ts', import.meta.url));

function startResponder(point: string): ChildProcess {
  const child = spawn(process.execPath, [main, database.url, api.kubeconfig, point], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.push(child);
  return child;
}

async function cordonStep(incident: Incident): Promise<Step | undefined> {
  return (await bench.incidents.get(incident.id))?.steps.find((step) => step.command.includes('cordon'));
}

/** Stored, not run: the workers live in the child processes. */
async function approvedCordon(): Promise<Incident> {
  const incident = await openIncident(bench, 'node-b');
  const first = startResponder('never');
  const step = await until(() => cordonStep(incident));
  expect(step.checks.filter((check) => !check.ok)).toEqual([]);
  expect(step.dryRun).toMatchObject({ ok: true });
  first.kill('SIGKILL');
  await once(first, 'exit');
  await bench.incidents.apply(
    incident.id,
    { kind: 'approve', stepId: step.id, bindingHash: step.bindingHash },
    person('primary'),
  );
  return incident;
}

test.each([
  ['before step-started', 'succeeded', 1, 'node-b takes no new pods'],
  ['after step-started', 'unknown', 0, 'it may have run'],
  ['before the change', 'unknown', 0, 'it may have run'],
  ['after the change', 'succeeded', 1, 'found done after a restart'],
  ['before step-finished', 'succeeded', 1, 'found done after a restart'],
  ['after step-finished', 'succeeded', 1, 'node-b takes no new pods'],
])(
  'killed %s: it runs at most once',
  async (...[point, status, changes, text]) => {
    const incident = await approvedCordon();
    const dying = startResponder(point);
    const [, signal] = (await once(dying, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    startResponder('never');
    const step = await until(async () => {
      const now = await cordonStep(incident);
      const { rows } = await bench.db.query<{ open: number }>(
        `select count(*) as open from jobs where kind = 'run-step' and state <> 'done'`,
      );
      return rows[0]?.open === 0 && now?.endedAt !== null ? now : null;
    }, 40_000);
    expect(step.status).toBe(status);
    expect(step.outcome).toContain(text);
    expect(api.changes.filter((one) => one === 'cordon node-b')).toHaveLength(changes);
    const events = await bench.incidents.events(incident.id);
    const kinds = events.map((event) => event.body.type);
    expect(kinds.filter((kind) => kind === 'step-started')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'step-finished')).toHaveLength(1);
  },
  60_000,
);
