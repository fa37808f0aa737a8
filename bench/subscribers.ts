import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createDatabase,
  createLogger,
  type Database,
  startOwnDatabase,
} from '../apps/responder/src/platform/index.ts';
import { startMailServer } from '../apps/responder/test/mail-server.ts';
import type { ManyServicesArguments } from '../apps/responder/test/many-services-child.ts';
import { cpuMs, residentBytes } from './process-usage.ts';
import { withStateDir } from './stack-process.ts';

const childFile = join(import.meta.dirname, '../apps/responder/test/many-services-child.ts');
const subscribers = Number(process.env['BENCH_SUBSCRIBERS'] ?? 20_000);
const mailsPerSecond = Number(process.env['BENCH_MAILS_PER_SECOND'] ?? 200);
const pageEveryMs = Number(process.env['BENCH_PAGE_EVERY_MS'] ?? 1000);
const quietSeconds = Number(process.env['BENCH_QUIET_SECONDS'] ?? 15);
const status = 'status';
/** A restart and the pages that it held up. */
const aroundDeathMs = 15_000;

interface Responder {
  readonly child: ChildProcess;
  readonly url: string;
}

interface Bench {
  readonly db: Database;
  readonly mail: Awaited<ReturnType<typeof startMailServer>>;
  readonly token: string;
  readonly start: () => Promise<Responder>;
}

/**
 * One update to many confirmed subscribers over a real SMTP server that takes so many mails a second, PostgreSQL with fsync on, while an
 * alert that pages comes every second over the same server; killed -9 when half of the mails are out, and started again at once. Pages
 * before the update are the comparison.
 */
export function subscribersBench(): Promise<object> {
  return withStateDir(async (folder) => {
    const log = createLogger({ level: 'silent' });
    const database = await startOwnDatabase({ dataDir: join(folder, 'database'), log });
    const mail = await startMailServer();
    mail.behaviour.perSecond = mailsPerSecond;
    const db = createDatabase(database.url, { connections: 2 });
    const token = randomBytes(16).toString('hex');
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, token, { mode: 0o600 });
    const given = { databaseUrl: database.url, smtpUrl: mail.url, tokenFile, mailsFor: status };
    let running: Responder | null = null;
    const start = async (): Promise<Responder> => (running = await startResponder(given));
    try {
      return await measure({ db, mail, token, start });
    } finally {
      (running as Responder | null)?.child.kill('SIGKILL');
      await db.close();
      await mail.close();
      await database.stop();
    }
  });
}

async function startResponder(given: ManyServicesArguments): Promise<Responder> {
  const child = spawn(process.execPath, [childFile, JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the responder ended with ${code} before it was ready`)));
  });
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

async function measure(bench: Bench): Promise<object> {
  const { db, mail } = bench;
  let responder = await bench.start();
  await addSubscribers(db);
  const pages = startPages(bench.token, () => responder.url);
  await sleep(quietSeconds * 1000);
  const toldAt = Date.now();
  await tell(db);
  const first = watch(responder.child.pid ?? 0);
  while (mailsOf(bench).length < subscribers / 2) await sleep(100);
  const before = first.stop();
  const diedAt = Date.now();
  responder.child.kill('SIGKILL');
  await once(responder.child, 'exit');
  responder = await bench.start();
  const upAt = Date.now();
  const second = watch(responder.child.pid ?? 0);
  await drained(db);
  const endedAt = mail.received.findLast(({ to }) => isSubscriber(to))?.at ?? Number.NaN;
  const after = second.stop();
  await pages.stop();
  await sleep(2000);
  const paged = await pagesOf(bench, pages.acceptedAt);
  const during = paged.filter(({ acceptedAt }) => acceptedAt >= toldAt && acceptedAt <= endedAt);
  const nearDeath = ({ acceptedAt }: Paged): boolean =>
    acceptedAt > diedAt - 2000 && acceptedAt < diedAt + aroundDeathMs;
  return {
    subscribers,
    serverTakesPerSecond: mailsPerSecond,
    ...delivered(bench),
    firstMailAfterMs: (mail.received.find(({ to }) => isSubscriber(to))?.at ?? Number.NaN) - toldAt,
    seconds: Math.round((endedAt - toldAt) / 100) / 10,
    mailsPerSecond: Math.round((subscribers * 1000) / (endedAt - toldAt - (upAt - diedAt))),
    restartMs: upAt - diedAt,
    residentMb: Math.max(before.residentMb, after.residentMb),
    cpuPercent: before.cpuPercent,
    pages: paged.length,
    pagesMissing: pages.acceptedAt.size - paged.length,
    pagesTwice: paged.filter(({ times }) => times > 1).length,
    pagesTwiceWithoutMark: paged.filter(({ isUnmarked }) => isUnmarked).length,
    acceptToSendMsBefore: spread(paged.filter(({ acceptedAt }) => acceptedAt < toldAt)),
    acceptToSendMsMeanwhile: spread(during.filter((one) => !nearDeath(one))),
    acceptToSendMsAroundDeath: spread(during.filter(nearDeath)),
  };
}

async function addSubscribers(db: Database): Promise<void> {
  await db.query(
    `insert into status_page_subscribers (id, service_id, address, language, token, confirmed_at)
     select 'sub_' || n, $1, 'subscriber' || n || '@example.org', 'en', md5(n::text), clock_timestamp()
     from generate_series(1, $2::int) n`,
    [status, subscribers],
  );
}

async function tell(db: Database): Promise<void> {
  await db.query(
    `insert into updates (id, incident_id, audience, status, body, by, at)
     select 'upd_bench', id, 'status-page', 'identified', 'We know why some requests fail, and are on it.', '{}',
       clock_timestamp() from incidents where service_id = $1`,
    [status],
  );
}

async function drained(db: Database): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ n: number }>(
      `select count(*)::int as n from status_page_mails where state in ('queued', 'sending')`,
    );
    if (rows[0]?.n === 0) return;
    await sleep(500);
  }
}

function isSubscriber(to: string): boolean {
  return to.startsWith('subscriber');
}

function mailsOf({ mail }: Bench) {
  return mail.received.filter(({ to }) => isSubscriber(to));
}

/** By subscriber: whom it never reached, whom twice, and whom twice without a mark. */
function delivered(bench: Bench): object {
  const seen = new Map<string, number>();
  let unmarked = 0;
  for (const { to, mayBeRepeat } of mailsOf(bench)) {
    const times = seen.get(to) ?? 0;
    seen.set(to, times + 1);
    if (times > 0 && !mayBeRepeat) unmarked += 1;
  }
  return {
    missing: subscribers - seen.size,
    twice: [...seen.values()].filter((times) => times > 1).length,
    twiceWithoutMark: unmarked,
  };
}

/** An alert of a service of its own at a steady pace; one that is not taken is sent again, as Alertmanager does. */
function startPages(token: string, urlOf: () => string) {
  const acceptedAt = new Map<string, number>();
  const sending = new Set<Promise<void>>();
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    const one = sendAlert({ token, urlOf, service: `alert-${n}` }, acceptedAt).finally(() =>
      sending.delete(one),
    );
    sending.add(one);
  }, pageEveryMs);
  return {
    acceptedAt,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(sending);
    },
  };
}

async function sendAlert(
  { token, urlOf, service }: { token: string; urlOf: () => string; service: string },
  acceptedAt: Map<string, number>,
): Promise<void> {
  const labels = { alertname: 'ServiceDown', service, severity: 'critical' };
  const body = JSON.stringify([{ labels, endsAt: new Date(Date.now() + 600_000).toISOString() }]);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  for (;;) {
    const taken = await fetch(`${urlOf()}/intake/alertmanager/api/v2/alerts`, {
      method: 'POST',
      headers,
      body,
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (taken) return void acceptedAt.set(service, Date.now());
    await sleep(250);
  }
}

interface Paged {
  readonly acceptedAt: number;
  readonly tookMs: number;
  readonly times: number;
  /** It came again without a word that it may be a repeat. */
  readonly isUnmarked: boolean;
}

/** The first page of each alert that was taken, as the mail server saw it. */
async function pagesOf(
  { db, mail }: Bench,
  acceptedAt: ReadonlyMap<string, number>,
): Promise<readonly Paged[]> {
  const { rows } = await db.query<{ id: string; service: string }>(
    `select m.id, i.service_id as service from messages m join incidents i on i.id = m.incident_id
     where i.service_id like 'alert-%' and m.page_id like '%-page-1' and m.channel = 'email'`,
  );
  return rows.flatMap(({ id, service }) => {
    const from = acceptedAt.get(service);
    const got = mail.received.filter((one) => one.id === id);
    const to = got[0]?.at;
    if (from === undefined || to === undefined) return [];
    const isUnmarked = got.slice(1).some(({ mayBeRepeat }) => !mayBeRepeat);
    return [{ acceptedAt: from, tookMs: Math.max(0, to - from), times: got.length, isUnmarked }];
  });
}

function watch(pid: number): { stop(): { residentMb: number; cpuPercent: number } } {
  let most = 0;
  const since = performance.now();
  const used = cpuMs(pid);
  const timer = setInterval(() => (most = Math.max(most, residentBytes(pid))), 500);
  return {
    stop: () => {
      clearInterval(timer);
      const cpuPercent = Math.round(((cpuMs(pid) - used) * 100) / (performance.now() - since));
      return { residentMb: Math.round(most / 1e6), cpuPercent };
    },
  };
}

function spread(values: readonly Paged[]): object {
  const sorted = values.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN };
}
