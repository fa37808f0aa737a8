import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { intakeSchema, readWebhook } from '#alerts';
import { createLogger } from '#platform';
import { testDatabase } from '../test/database.ts';
import { acknowledgeBack } from './acknowledge-back.ts';
import { createStage } from './api/fixtures/stage.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'tocsin-acknowledge-'));
const ends: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

/** Debian's Alertmanager, as it comes. */
async function startAlertmanager(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = `127.0.0.1:${(probe.address() as AddressInfo).port}`;
  probe.close();
  await once(probe, 'close');
  writeFileSync(join(folder, 'am.yml'), 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n');
  const child = spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${join(folder, 'am.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  ends.push(async () => {
    child.kill();
    await once(child, 'exit');
  });
  const url = `http://${address}`;
  await expect
    .poll(() =>
      fetch(`${url}/-/ready`).then(
        (one) => one.ok,
        () => false,
      ),
    )
    .toBe(true);
  return url;
}

test('who acknowledges an incident makes its alert silent at a real Alertmanager, until it is closed', async () => {
  const url = await startAlertmanager();
  writeFileSync(join(folder, 'token'), 'a-secret-of-the-sender');
  const tokenFile = join(folder, 'token');
  const intake = { senders: [{ kind: 'webhook', name: 'am', tokenFile, acknowledge: { url } }] };
  const db = await testDatabase();
  const stage = await createStage(db, intake);
  ends.push(stage.close);
  const { alerts, service } = stage.ports;
  ends.push(
    await acknowledgeBack({
      db,
      alerts,
      config: intakeSchema.parse(intake),
      incidents: stage.incidents,
      service,
      nameOf: (id) => `${id} by name`,
      publicUrl: 'https://tocsin.example.org',
      log: createLogger({ level: 'silent' }),
    }),
  );
  const amtool = async (...args: string[]): Promise<string> =>
    (await run('amtool', [...args, `--alertmanager.url=${url}`])).stdout.trim();
  const active = async (): Promise<number> =>
    (JSON.parse(await amtool('alert', 'query', '-o', 'json')) as unknown[]).length;

  const labels = { alertname: 'DiskFull', node: 'n1', severity: 'critical' };
  await amtool('alert', 'add', ...Object.entries(labels).map(([name, value]) => `${name}=${value}`));
  const startsAt = new Date(Date.now() - 60_000).toISOString();
  const one = { status: 'firing', labels, annotations: {}, startsAt, endsAt: '0001-01-01T00:00:00Z' };
  await alerts.take('am', readWebhook({ alerts: [one] }, { at: Date.now(), resolveAfterMs: 600_000 }));
  await expect.poll(() => alerts.facts.alerts().map((fact) => fact.name)).toEqual(['DiskFull']);
  await expect.poll(active).toBe(1);

  const { id, checklist } = await stage.nodeDies();
  const primary = { kind: 'user', id: 'primary', name: 'primary' } as const;
  await stage.incidents.apply(id, { kind: 'acknowledge' }, primary);
  await expect.poll(active).toBe(0);
  const silences = JSON.parse(await amtool('silence', 'query', '-o', 'json')) as object[];
  expect(silences).toMatchObject([
    {
      createdBy: 'primary by name',
      comment: expect.stringContaining(
        `is acknowledged by primary by name: https://tocsin.example.org/incidents/${id}`,
      ),
    },
  ]);
  const notes = async (): Promise<readonly string[]> =>
    (await stage.incidents.events(id)).flatMap(({ body }) =>
      body.type === 'noted' && body.by.id === 'alerts' ? [body.text] : [],
    );
  await expect.poll(notes).toEqual(['Acknowledged at "am": DiskFull is silent there for 60 min at most']);

  const waivers = Object.fromEntries(checklist.map((line) => [line.text, 'not for this one']));
  await stage.incidents.apply(id, { kind: 'resolve', note: null, waivers }, primary);
  await expect.poll(active).toBe(1);
  await expect.poll(async () => (await notes()).at(-1)).toBe('No longer silent at "am": DiskFull');
});
