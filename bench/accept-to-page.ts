import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@tocsin/contract';
import { clientOf } from '../apps/cli/src/connect.ts';
import { readSandbox } from '../apps/cli/src/drill/sandbox-client.ts';
import { findRunning, openStateDir, type RunFile } from '../apps/cli/src/up/state.ts';
import { startStackProcess, withStateDir } from './stack-process.ts';

const runs = Number(process.env['BENCH_RUNS'] ?? 60);
const batchSize = 50;
const settleMs = 10_000;
const batchesPerSecond = 20;
const token = 'the-token-of-the-bench-that-is-long-enough';

/**
 * From the answer to an alert of the gravest severity until its page is in the mailbox, again and again, while 1,000 other alerts a
 * second arrive. The whole stack runs: sandbox, traffic, responder, PostgreSQL, a real SMTP server.
 */
export function acceptToPage(): Promise<object> {
  return withStateDir(async (folder) => {
    const stack = await startStackProcess(folder);
    try {
      const run = await takeAlerts(folder);
      const url = `${run.url}/intake/alertmanager/api/v2/alerts`;
      const { mailbox } = readSandbox(run.sandboxFile ?? '');
      const load = startLoad(url);
      // It has just been started again: the first seconds are those of a cold process.
      await sleep(settleMs);
      const tookMs: number[] = [];
      for (let n = 0; n < runs; n += 1)
        tookMs.push(await onePage({ url, mailboxUrl: mailbox.httpUrl, n, client: clientOf(run, 'primary') }));
      const loaded = await load.stop();
      return { runs, ...loaded, acceptToPageMs: spread(tookMs) };
    } finally {
      await stack.stop();
    }
  });
}

/** The responder is given a sender and started again with it, as its supervisor does after a crash. */
async function takeAlerts(folder: string): Promise<RunFile> {
  const tokenFile = join(folder, 'bench-token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const state = openStateDir(folder);
  appendFileSync(
    state.config,
    `intake:
  senders: [{ kind: alertmanager, name: prometheus, tokenFile: ${tokenFile} }]
  severities: { critical: P0 }
  concerns: ['concerns="us"']
`,
  );
  const before = findRunning(state);
  if (before === null) throw new Error('the stack of the bench is gone');
  process.kill(before.responderPid, 'SIGKILL');
  for (;;) {
    await sleep(200);
    const run = findRunning(state);
    if (run === null || run.responderPid === before.responderPid) continue;
    const up = await fetch(`${run.url}/intake/alertmanager/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return run;
  }
}

async function send(url: string, alerts: readonly object[]): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(alerts),
  });
  if (!answer.ok) throw new Error(`the intake answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** New alerts of other services; each stays active for a minute. */
function startLoad(url: string) {
  let sent = 0;
  let failed = 0;
  let batch = 0;
  const since = performance.now();
  const count = async (sending: Promise<void>): Promise<void> => {
    try {
      await sending;
      sent += batchSize;
    } catch {
      failed += 1;
    }
  };
  const timer = setInterval(() => {
    batch += 1;
    const alerts = Array.from({ length: batchSize }, (_, n) => ({
      labels: { alertname: `Other${n}`, instance: `10.0.0.${batch % 250}:${batch}`, severity: 'warning' },
      endsAt: later(60_000),
    }));
    void count(send(url, alerts));
  }, 1000 / batchesPerSecond);
  return {
    stop: async () => {
      clearInterval(timer);
      await sleep(500);
      const seconds = (performance.now() - since) / 1000;
      return { otherAlertsPerSecond: Math.round(sent / seconds), failedBatches: failed };
    },
  };
}

interface One {
  readonly url: string;
  readonly mailboxUrl: string;
  readonly n: number;
  readonly client: Client;
}

async function onePage({ url, mailboxUrl, n, client }: One): Promise<number> {
  const before = (await messagesAfter(mailboxUrl, 0)).at(-1)?.id ?? 0;
  const labels = { alertname: `Page${n}`, severity: 'critical', concerns: 'us' };
  await send(url, [{ labels, endsAt: later(600_000) }]);
  const acceptedAt = Date.now();
  const receivedAt = await mailAfter(mailboxUrl, Number(before), acceptedAt);
  await send(url, [{ labels, endsAt: later(-1000) }]);
  await sleep(Math.random() * 500);
  for (const item of await client.listIncidents('open')) await close(client, item.id);
  await quiet(client);
  return receivedAt - acceptedAt;
}

interface Message {
  readonly id: string;
  readonly receivedAt: string;
}

async function messagesAfter(mailboxUrl: string, id: number): Promise<readonly Message[]> {
  return (await (await fetch(`${mailboxUrl}/messages?after=${id}`)).json()) as readonly Message[];
}

async function mailAfter(mailboxUrl: string, id: number, at: number): Promise<number> {
  for (;;) {
    const times = (await messagesAfter(mailboxUrl, id))
      .map((one) => Date.parse(one.receivedAt))
      .filter((one) => one >= at);
    if (times.length > 0) return Math.min(...times);
    if (Date.now() - at > 60_000) throw new Error('no page within 60 s');
    await sleep(20);
  }
}

async function close(client: Client, id: string): Promise<void> {
  const { checklist } = await client.getIncident(id);
  const open = checklist.filter((line) => line.tickedAt === null);
  await client.resolve(id, {
    note: 'the bench goes on',
    waivers: Object.fromEntries(open.map(({ text }) => [text, 'a bench'])),
  });
}

/** Until nothing of the last one is seen any more. */
async function quiet(client: Client): Promise<void> {
  while ((await client.status()).verdict !== 'quiet' || (await client.listIncidents('open')).length > 0) {
    for (const item of await client.listIncidents('open')) await close(client, item.id);
    await sleep(250);
  }
}

function spread(values: readonly number[]): object {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}
