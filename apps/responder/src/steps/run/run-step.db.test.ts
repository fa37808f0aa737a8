import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Incident, Step } from '#incidents';
import { freshDatabase } from '../../../test/database.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { openBench, openIncident, person, until, type Bench } from '../fixtures/steps-bench.ts';

const database = await freshDatabase();
let api: SmallKubeApi;
let bench: Bench;

beforeEach(async () => {
  api = await startSmallKubeApi(join(mkdtempSync(join(tmpdir(), 'tocsin-run-')), 'kubeconfig'));
  bench = openBench({ databaseUrl: database.url, kubeconfig: api.kubeconfig, kubectlPath: null });
});
afterEach(async () => {
  await bench.db.query('truncate incidents, jobs, evidence, timers, incident_events cascade');
  await bench.close();
  await api.close();
});

async function stepOf(incident: Incident, word: string): Promise<Step | undefined> {
  return (await bench.incidents.get(incident.id))?.steps.find((step) => step.command.includes(word));
}

async function hasRead(incident: Incident): Promise<boolean> {
  const now = await bench.incidents.get(incident.id);
  return now !== null && now.evidenceRequested.every((id) => now.evidence.some((one) => one.actionId === id));
}

async function offered(node: string): Promise<Incident> {
  const incident = await openIncident(bench, node);
  await bench.steps.start();
  await until(() => stepOf(incident, 'drain'));
  // A step that is approved while reads are under way waits for them.
  await until(() => hasRead(incident));
  await bench.steps.stop();
  return incident;
}

async function approve(incident: Incident, word: string): Promise<void> {
  const step = await stepOf(incident, word);
  if (step === undefined) throw new Error(`no step with "${word}"`);
  for (const one of ['primary', 'ben'].slice(0, step.approvalsNeeded))
    await bench.incidents.apply(
      incident.id,
      { kind: 'approve', stepId: step.id, bindingHash: step.bindingHash },
      person(one),
    );
}

async function ended(incident: Incident, word: string): Promise<Step> {
  return until(async () => {
    const step = await stepOf(incident, word);
    return step !== undefined && step.endedAt !== null ? step : null;
  });
}

test('cordon, then drain: offered with everything a person needs, run after their approvals, undone by name', async () => {
  const incident = await offered('node-b');
  expect(await stepOf(incident, 'drain')).toMatchObject({
    command: 'kubectl drain node-b --ignore-daemonsets --delete-emptydir-data --timeout=60s',
    effect: 'destroy',
    approvalsNeeded: 2,
    target: 'node/node-b',
    targetUid: 'uid-node-b',
    undo: 'kubectl uncordon node-b',
    blastRadius: 'node-b: 1 of 3 API pods and 0 other pods are evicted',
    status: 'proposed',
    dryRun: { ok: true, text: expect.stringContaining('--timeout=60s is added') },
  });
  expect(api.changes).toEqual([]);
  await bench.steps.start();
  await approve(incident, 'cordon');
  expect(await ended(incident, 'cordon')).toMatchObject({ status: 'succeeded' });
  await until(async () => (await bench.db.query('select 1 from changes_under_way')).rows.length === 0);
  await approve(incident, 'drain');
  const drain = await ended(incident, 'drain');
  expect(drain).toMatchObject({ status: 'succeeded' });
  expect(drain.postChecks.map((check) => check.name)).toEqual([
    'node-cordoned',
    'pods-evicted',
    'endpoints-free',
    'replacements-exist',
  ]);
  expect(api.changes).toEqual(['cordon node-b', 'cordon node-b', 'evict api-b']);
  const finished = (await bench.incidents.events(incident.id)).flatMap(({ body }) =>
    body.type === 'step-finished' ? [body.evidenceId] : [],
  );
  expect((await bench.steps.readEvidence(finished[1] ?? ''))?.stdout).toContain('api-b evicted');
});

test.each<readonly [string, (incident: Incident) => Promise<void> | void, string]>([
  [
    'the node was replaced by another of the same name',
    () => {
      for (const node of api.nodes)
        if (node.metadata.name === 'node-b') node.metadata = { ...node.metadata, uid: 'uid-new' };
    },
    'approve it anew',
  ],
  ['the node is gone', () => void api.nodes.splice(1, 1), 'not in the live node list'],
  [
    'another node was cordoned meanwhile',
    () => {
      for (const node of api.nodes) if (node.metadata.name === 'node-c') node.spec = { unschedulable: true };
    },
    'already cordoned: node-c',
  ],
  ['the cluster cannot be read', () => api.close(), 'the cluster cannot be read'],
  [
    'another incident changes the same node',
    async ({ id }) => {
      const split = { from: id, title: 'another outage', severity: 'P0', reason: 'other users' };
      const other = await bench.incidents.split(split, person('primary'));
      await bench.db.query(
        `insert into jobs (id, incident_id, kind, payload, due_at)
         values ('elsewhere', $1, 'run-step', '{"stepId": "drain"}', now() + interval '1 hour')`,
        [other.id],
      );
      const held = `insert into changes_under_way (target, incident_id, step_id) values ('node/node-b', $1, 'drain')`;
      await bench.db.query(held, [other.id]);
    },
    'step "drain" of incident',
  ],
  [
    'hands off',
    async (incident) => {
      await bench.incidents.apply(
        incident.id,
        { kind: 'hands-off', on: true, reason: 'wait' },
        person('primary'),
      );
    },
    'hands off is set',
  ],
])('approved, but then %s: blocked, nothing is touched', async (...[, happens, reason]) => {
  const incident = await offered('node-b');
  await approve(incident, 'cordon');
  await happens(incident);
  await bench.steps.start();
  const step = await ended(incident, 'cordon');
  expect(step).toMatchObject({ status: 'blocked', startedAt: null });
  expect(step.outcome).toContain(reason);
  expect(api.changes).toEqual([]);
});

test('started by a holder that lost the row: the next one finds out how it ended, and nothing is left running', async () => {
  const incident = await offered('node-b');
  await approve(incident, 'cordon');
  await bench.steps.stop();
  let others = 0;
  const second = openBench({
    databaseUrl: database.url,
    kubeconfig: api.kubeconfig,
    kubectlPath: null,
    incidents: (real) => ({
      ...real,
      apply: async (id, body, actor) => {
        // Between this holder's reading and its start, the one before it starts the step.
        if (body.kind === 'step-started') others += Number((await real.apply(id, body, actor)).revision > 0);
        return real.apply(id, body, actor);
      },
    }),
  });
  try {
    await second.steps.start();
    expect(await ended(incident, 'cordon')).toMatchObject({ status: 'unknown' });
    expect(others).toBe(1);
    expect(api.changes).toEqual([]);
  } finally {
    await second.close();
  }
});

test('a node that does not exist is never offered', async () => {
  const incident = await offered('node-z');
  const step = await stepOf(incident, 'cordon');
  expect(step).toMatchObject({ status: 'blocked', dryRun: null });
  expect(step?.checks.find((check) => check.name === 'values-known')?.text).toContain(
    'not in the live node list',
  );
  expect(api.changes).toEqual([]);
});
