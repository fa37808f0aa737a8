import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, createLogger, startOwnDatabase } from '../apps/responder/src/platform/index.ts';
import { startMailServer } from '../apps/responder/test/mail-server.ts';
import {
  startHealthyService,
  startWholeResponder,
  type WholeResponder,
} from '../apps/responder/test/whole-responder.ts';
import { freePort } from './free-port.ts';
import { withStateDir } from './stack-process.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 6);
const settleMs = 2000;
const limitMs = 60_000;

type Mail = Awaited<ReturnType<typeof startMailServer>>;

interface Ground {
  readonly folder: string;
  readonly mail: Mail;
  readonly serverUrl: string;
  readonly probeUrl: string;
  readonly token: string;
}

/**
 * Two responders on one database; the one that watches is killed -9 just after it, or just before the other, has accepted an alert of the
 * gravest severity. Measured from the kill until the page of the survivor has arrived: it takes the lease over, starts to watch, finds the
 * stored alert, opens the incident, pages. Each round has a database and processes of its own. There is no cluster: the alert alone pages.
 */
export function failover(): Promise<object> {
  return withStateDir(async (folder) => {
    const dataDir = join(folder, 'database');
    const database = await startOwnDatabase({ dataDir, log: createLogger({ level: 'silent' }) });
    const mail = await startMailServer();
    const healthy = await startHealthyService();
    const ground = {
      folder,
      mail,
      serverUrl: database.url,
      probeUrl: healthy.url,
      token: randomBytes(16).toString('hex'),
    };
    try {
      const tookMs = { acceptedByTheDead: [] as number[], acceptedByTheSurvivor: [] as number[] };
      for (let round = 0; round < rounds; round += 1)
        tookMs[round % 2 === 0 ? 'acceptedByTheDead' : 'acceptedByTheSurvivor'].push(
          await oneRound(ground, round),
        );
      return { rounds, killToPageMs: tookMs, mostMs: Math.max(...Object.values(tookMs).flat()) };
    } finally {
      healthy.close();
      await mail.close();
      await database.stop();
    }
  });
}

async function oneRound(ground: Ground, round: number): Promise<number> {
  const databaseUrl = await freshDatabase(ground.serverUrl, `round_${round}`);
  const watching = await startResponder(ground, databaseUrl, `${round}-watching`);
  const survivor = await startResponder(ground, databaseUrl, `${round}-survivor`);
  try {
    await sleep(settleMs);
    ground.mail.received.length = 0;
    const accepting = round % 2 === 0 ? watching : survivor;
    if (accepting === survivor) watching.process.kill('SIGKILL');
    const killedAt = Date.now();
    await send(accepting.url, ground.token);
    if (accepting === watching) watching.process.kill('SIGKILL');
    return (await firstMail(ground.mail)) - killedAt;
  } finally {
    for (const one of [watching, survivor]) await one.kill();
  }
}

async function firstMail({ received }: Mail): Promise<number> {
  const since = Date.now();
  for (;;) {
    const [first] = received;
    if (first !== undefined) return first.at;
    if (Date.now() - since > limitMs) throw new Error('no page within a minute');
    await sleep(10);
  }
}

async function send(url: string, token: string): Promise<void> {
  const labels = { alertname: 'EverythingFails', severity: 'critical' };
  const endsAt = new Date(Date.now() + 600_000).toISOString();
  const answer = await fetch(`${url}/intake/alertmanager/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify([{ labels, endsAt }]),
  });
  if (!answer.ok) throw new Error(`the intake answered ${answer.status}: ${await answer.text()}`);
}

async function freshDatabase(serverUrl: string, name: string): Promise<string> {
  const admin = createDatabase(serverUrl, { connections: 1 });
  await admin.query(`create database ${name}`);
  await admin.close();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function startResponder(ground: Ground, databaseUrl: string, name: string): Promise<WholeResponder> {
  const { folder, probeUrl, mail, token } = ground;
  const tokenFile = join(folder, `${name}.token`);
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const intake = {
    senders: [{ kind: 'alertmanager', name: 'prometheus', tokenFile }],
    severities: { critical: 'P0' },
  };
  return startWholeResponder(
    { folder, databaseUrl, smtpUrl: mail.url, probeUrl },
    { name, port: await freePort(), more: { intake } },
  );
}
