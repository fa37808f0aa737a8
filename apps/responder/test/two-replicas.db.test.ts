import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { freshDatabase } from './database.ts';
import { startMailServer } from './mail-server.ts';
import type { ManyServicesArguments } from './many-services-child.ts';
import { createDatabase, createLogger } from '../src/platform/index.ts';

const child = fileURLToPath(new URL('./many-services-child.ts', import.meta.url));
const { url: databaseUrl } = await freshDatabase();
const db = createDatabase(databaseUrl, { connections: 1, log: createLogger({ level: 'silent' }) });
const mail = await startMailServer();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-two-replicas-'));
const tokenFile = join(folder, 'token');
const token = 'a-token-of-the-sender-that-is-long';
writeFileSync(tokenFile, token, { mode: 0o600 });
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const one of started) one.kill('SIGKILL');
  await db.close();
  await mail.close();
  rmSync(folder, { recursive: true });
});

const alertsBefore = 30;
const alertsAfter = 15;
const everyMs = 40;

interface Replica {
  readonly process: ChildProcess;
  readonly url: string;
}

async function startReplica(firstPerson: number): Promise<Replica> {
  const given: ManyServicesArguments = { databaseUrl, smtpUrl: mail.url, tokenFile, firstPerson };
  const one = spawn(process.execPath, [child, JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(one);
  const [line] = (await once(one.stdout, 'data')) as [Buffer];
  return { process: one, url: (JSON.parse(String(line)) as { readonly url: string }).url };
}

/** True when it was accepted: an answer that is cut off is none. */
async function send({ url }: Replica, service: string): Promise<boolean> {
  const answer = await fetch(`${url}/intake/alertmanager/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify([
      {
        labels: { alertname: 'ServiceDown', service, severity: 'critical' },
        endsAt: new Date(Date.now() + 600_000).toISOString(),
      },
    ]),
  }).catch(() => null);
  return answer?.ok === true;
}

/** Messages of the first page about each service: their ids, as mails carry them. */
async function firstPages(): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ service: string; id: string }>(
    `select i.service_id as service, m.id from messages m join incidents i on i.id = m.incident_id
     where m.kind = 'page' and m.page_id like '%-page-1'`,
  );
  return new Map(rows.map(({ service, id }) => [service, id]));
}

test('one of two responders is killed -9 while alerts arrive: the other sends every page of both, none twice unmarked', async () => {
  const [killed, survivor] = await Promise.all([startReplica(0), startReplica(5000)]);
  const both = [killed, survivor];
  const accepted: string[] = [];
  const sending: Promise<void>[] = [];
  const sendTo = async (replica: Replica, service: string): Promise<void> => {
    if (await send(replica, service)) accepted.push(service);
  };
  for (let n = 0; n < alertsBefore; n += 1) {
    const replica = both[n % 2] ?? survivor;
    sending.push(sendTo(replica, `service-${n}`));
    await pause(everyMs);
  }
  // Right behind an alert of its own: accepted, and hardly begun.
  await sendTo(killed, 'last-words');
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  const acceptedOfBoth = accepted.length;
  for (let n = 0; n < alertsAfter; n += 1) await sendTo(survivor, `later-${n}`);
  await Promise.all(sending);

  const arrived = (id: string | undefined) => mail.received.filter((one) => one.id === id);
  await vi.waitFor(
    async () => {
      const pages = await firstPages();
      expect(accepted.filter((service) => arrived(pages.get(service)).length === 0)).toEqual([]);
      const open = await db.query(`select id from messages where state <> 'sent'`);
      expect(open.rows).toEqual([]);
    },
    { timeout: 60_000, interval: 100 },
  );

  expect(accepted).toContain('last-words');
  expect(acceptedOfBoth).toBeGreaterThan(alertsBefore / 2);
  expect(accepted.filter((one) => one.startsWith('later-'))).toHaveLength(alertsAfter);
  const ids = [...(await firstPages()).values()];
  expect(new Set(ids).size, 'one incident a service').toBe((await firstPages()).size);
  const unmarked = ids.filter((id) => arrived(id).filter((one) => !one.mayBeRepeat).length > 1);
  expect(unmarked, 'sent twice, and not said so').toEqual([]);
  const repeats = ids.reduce((sum, id) => sum + arrived(id).length - 1, 0);
  expect(mail.received.length - repeats, 'a page of no alert').toBe(ids.length);
  process.stdout.write(`${accepted.length} alerts accepted, 0 lost, ${repeats} marked repeats\n`);
}, 120_000);
