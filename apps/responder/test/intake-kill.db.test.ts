import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from './database.ts';

const child = fileURLToPath(new URL('./intake-child.ts', import.meta.url));
const db = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tocsin-intake-kill-'));
const tokenFile = join(folder, 'token');
const token = 'a-token-of-the-sender-that-is-long';
writeFileSync(tokenFile, token, { mode: 0o600 });
afterAll(() => rmSync(folder, { recursive: true }));

/** The intake makes about ten statements at its start, then about six a batch: stored, applied. */
const statementsCovered = 36;
const randomKills = 6;
const senders = 3;
const batchSize = 4;

/** By the alert's name, the last word that was answered for; `in-doubt`: a later word's answer was cut off. */
const answered = new Map<string, 'active' | 'over' | 'in-doubt'>();

async function startIntake(killAt: string) {
  const one = spawn(process.execPath, [child, db.url, tokenFile, killAt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(one, 'exit');
  const url = await Promise.race([once(one.stdout, 'data').then(String), exited.then(() => null)]);
  return { one, exited, url: url === null ? null : url.trim() };
}

type Said = readonly { readonly name: string; readonly over: boolean }[];

async function send(url: string, said: Said): Promise<boolean> {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const body = said.map(({ name, over }) => ({
    labels: { alertname: name, severity: 'warning' },
    endsAt: over ? new Date(Date.now() - 1000).toISOString() : inAnHour,
  }));
  const answer = await fetch(`${url}/intake/alertmanager/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer === null) {
    for (const { name } of said) if (answered.has(name)) answered.set(name, 'in-doubt');
    return false;
  }
  expect(answer.status).toBe(200);
  for (const { name, over } of said) answered.set(name, over ? 'over' : 'active');
  return true;
}

/** Sends until the intake is gone: new alerts, and the end of every other one. */
async function sendOn(url: string, prefix: string): Promise<void> {
  for (let batch = 0; ; batch += 1) {
    const names = Array.from({ length: batchSize }, (_, n) => `${prefix}-${batch}-${n}`);
    if (
      !(await send(
        url,
        names.map((name) => ({ name, over: false })),
      ))
    )
      return;
    if (
      !(await send(
        url,
        names.slice(1, 3).map((name) => ({ name, over: true })),
      ))
    )
      return;
  }
}

async function liveAndDie(life: number, killAt: string): Promise<void> {
  const { one, exited, url } = await startIntake(killAt);
  if (url === null) return;
  const sending = Promise.all(Array.from({ length: senders }, (_, n) => sendOn(url, `a${life}-${n}`)));
  await Promise.race([exited, pause(killAt === '' ? Math.random() * 200 : 3000)]);
  if (one.exitCode === null && one.signalCode === null) one.kill('SIGKILL');
  await exited;
  await sending;
}

test('killed -9 around its statements and at random moments, the intake has every alert that it answered for, as it was said last', async () => {
  const deaths = [
    ...Array.from({ length: statementsCovered }, (_, n) => `${n % 2 === 0 ? 'before' : 'after'}:${n + 1}`),
    ...Array.from({ length: randomKills }, () => ''),
  ];
  for (const [life, killAt] of deaths.entries()) await liveAndDie(life, killAt);

  const last = await startIntake('');
  const kept = (await (
    await fetch(`${last.url}/intake/alertmanager/api/v2/alerts`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).json()) as readonly { readonly labels: { readonly alertname: string } }[];
  last.one.kill('SIGKILL');
  await last.exited;

  const active = kept.map((one) => one.labels.alertname);
  expect(new Set(active).size, 'an alert is kept twice').toBe(active.length);
  const wanted = [...answered].filter(([, word]) => word === 'active').map(([name]) => name);
  const over = [...answered].filter(([, word]) => word === 'over').map(([name]) => name);
  expect(
    wanted.filter((name) => !active.includes(name)),
    'answered for, and lost',
  ).toEqual([]);
  expect(
    over.filter((name) => active.includes(name)),
    'over, and shown as active',
  ).toEqual([]);
  expect(wanted.length).toBeGreaterThan(60);
  process.stdout.write(`${deaths.length} deaths, ${answered.size} alerts answered for, 0 lost\n`);
}, 240_000);
