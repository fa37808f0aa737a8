import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Incident, Step } from '#incidents';
import { freshDatabase } from '../../../test/database.ts';
import { startSmallKubeApi, type SmallKubeApi } from '../fixtures/small-kube-api.ts';
import { openBench, openIncident, person, until, type Bench } from '../fixtures/steps-bench.ts';

const database = await freshDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-stop-'));
const pids = join(folder, 'pids');
let api: SmallKubeApi;
let bench: Bench;

/** A kubectl that answers a dry run at once, and else goes on for ever with a child of its own. */
const endless = `#!/bin/sh
case "$*" in *--dry-run*) exit 0 ;; esac
[ "$1" = cordon ] || exit 0
sleep 3600 &
echo "$$ $!" > ${pids}
wait
`;

beforeEach(async () => {
  const kubectl = join(folder, 'kubectl');
  writeFileSync(kubectl, endless);
  chmodSync(kubectl, 0o755);
  api = await startSmallKubeApi(join(folder, 'kubeconfig'));
  bench = openBench({ databaseUrl: database.url, kubeconfig: api.kubeconfig, kubectlPath: kubectl });
});
afterEach(async () => {
  await bench.db.query('truncate incidents, jobs, evidence, timers, incident_events, hands_off cascade');
  await bench.close();
  await api.close();
});

const cordonOf = async ({ id }: Incident): Promise<Step | undefined> =>
  (await bench.incidents.get(id))?.steps.find((step) => step.command.includes('cordon'));

async function running(): Promise<Incident> {
  const incident = await openIncident(bench, 'node-b');
  await bench.steps.start();
  const step = await until(() => cordonOf(incident), 60_000);
  const yes = { kind: 'approve', stepId: step.id, bindingHash: step.bindingHash } as const;
  await bench.incidents.apply(incident.id, yes, person('primary'));
  await until(() => Promise.resolve(existsSync(pids) && readFileSync(pids, 'utf8').includes(' ')), 60_000);
  return incident;
}

function lives(pid: string): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

test.each([
  [
    'cancelled by a person',
    async (incident: Incident) => {
      const stepId = (await cordonOf(incident))?.id ?? '';
      await bench.incidents.apply(
        incident.id,
        { kind: 'cancel', stepId, reason: 'the wrong node' },
        person('ben'),
      );
    },
    'stopped (cancelled: the wrong node)',
  ],
  [
    'hands off everywhere',
    async () => void (await bench.incidents.setHandsOff({ on: true, reason: 'an audit' }, person('ben'))),
    'stopped (hands off everywhere: an audit)',
  ],
])(
  'a change that runs is stopped, %s: its process tree has ended, and the cluster says what came of it',
  async (...[, stop, words]) => {
    writeFileSync(pids, '');
    const incident = await running();
    const tree = readFileSync(pids, 'utf8').trim().split(' ');
    expect(tree.map(lives)).toEqual([true, true]);
    await stop(incident);
    const step = await until(async () => {
      const now = await cordonOf(incident);
      return now !== undefined && now.endedAt !== null ? now : null;
    }, 60_000);
    expect(step.status).toBe('failed');
    expect(step.outcome).toContain(words);
    expect(step.outcome).toContain('node-b takes new pods');
    expect(tree.map(lives)).toEqual([false, false]);
  },
  120_000,
);

test('hands off everywhere is on record, is told on each incident, and blocks what comes after it', async () => {
  const incident = await openIncident(bench, 'node-b');
  await bench.steps.start();
  const step = await until(() => cordonOf(incident), 60_000);
  await bench.steps.stop();
  const set = await bench.incidents.setHandsOff({ on: true, reason: 'an audit' }, person('ben'));
  expect(set).toMatchObject({ by: { id: 'ben' }, reason: 'an audit' });
  const yes = { kind: 'approve', stepId: step.id, bindingHash: step.bindingHash } as const;
  await expect(bench.incidents.apply(incident.id, yes, person('primary'))).rejects.toThrow(
    'hands off everywhere',
  );
  await expect(bench.incidents.setHandsOff({ on: false, reason: 'x' }, person('nobody'))).rejects.toThrow(
    'may not lift it',
  );
  expect(await bench.incidents.setHandsOff({ on: false, reason: 'over' }, person('ben'))).toBeNull();
  await bench.incidents.apply(incident.id, yes, person('primary'));
  const { rows } = await bench.db.query<{ reason: string }>('select reason from hands_off order by id');
  expect(rows.map((row) => row.reason)).toEqual(['an audit', 'over']);
  const notes = (await bench.incidents.events(incident.id)).flatMap(({ body }) =>
    body.type === 'noted' ? [body.text] : [],
  );
  expect(notes.filter((text) => text.startsWith('Hands off'))).toEqual([
    'Hands off everywhere: every change is stopped (an audit)',
    'Hands off everywhere is lifted: approved changes run again (over)',
  ]);
}, 120_000);
