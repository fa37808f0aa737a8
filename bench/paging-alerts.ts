import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../apps/responder/src/platform/index.ts';
import type { MailProcess } from './mail-process.ts';
import { type Spread, spread } from './spread.ts';

const drainMs = 20_000;

/** A responder of many services (test/many-services-child.ts), and where its pages arrive. */
export interface Paging {
  readonly url: string;
  readonly db: Database;
  readonly alertToken: string;
  readonly mail: Pick<MailProcess, 'received'>;
}

/** Alerts at a steady pace, whatever the answers take, each of a service of its own. */
export interface AlertPace {
  readonly service: string;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface PagesSent {
  readonly alertsPerSecond: number;
  readonly alerts: number;
  readonly pagesLost: number;
  readonly acceptToFirstSendMs: Spread;
}

/** Each alert opens an incident and pages: from the answer to the alert until the page is at the mail server. */
export async function alertsThatPage(paging: Paging, pace: AlertPace): Promise<PagesSent> {
  const { service, perSecond, seconds } = pace;
  const acceptedAt = new Map<string, number>();
  const start = Date.now();
  const answers: Promise<void>[] = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    await sleepUntil(start + (n / perSecond) * 1000);
    const labels = { alertname: 'ServiceDown', service: `${service}-${n}`, severity: 'critical' };
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    answers.push(
      post(`${paging.url}/intake/alertmanager/api/v2/alerts`, paging.alertToken, [{ labels, endsAt }]).then(
        () => void acceptedAt.set(labels.service, Date.now()),
      ),
    );
  }
  await Promise.all(answers);
  await sleep(1000);
  await drained(paging.db);
  const tookMs = await firstSends(paging, service, acceptedAt);
  return {
    alertsPerSecond: perSecond,
    alerts: acceptedAt.size,
    pagesLost: acceptedAt.size - tookMs.length,
    acceptToFirstSendMs: spread(tookMs),
  };
}

/** A page that went out in a summary was sent with it. */
async function firstSends(
  { db, mail }: Paging,
  service: string,
  acceptedAt: ReadonlyMap<string, number>,
): Promise<readonly number[]> {
  const arrivals = await mail.received();
  const receivedAt = new Map(arrivals.toReversed().map((one) => [one.id, one.at]));
  const { rows } = await db.query<{ id: string; service: string }>(
    `select coalesce(m.summary_id, m.id) as id, i.service_id as service from messages m join incidents i on i.id = m.incident_id
     where i.service_id like $1 and m.page_id like '%-page-1'`,
    [`${service}-%`],
  );
  return rows.flatMap((row) => {
    const from = acceptedAt.get(row.service);
    const to = receivedAt.get(row.id);
    return from === undefined || to === undefined ? [] : [Math.max(0, to - from)];
  });
}

/** Everything that was due has happened, and every page is out; with thousands of incidents that nobody answers there is always more: at most 20 s. */
export async function drained(db: Database): Promise<void> {
  const end = performance.now() + drainMs;
  while (performance.now() < end) {
    const { rows } = await db.query<{ n: number }>(
      `select (select count(*) from timers where done_at is null and due_at <= clock_timestamp())
            + (select count(*) from messages where state in ('queued', 'sending')) as n`,
    );
    if (rows[0]?.n === 0) return;
    await sleep(1000);
  }
}

/** A client that takes little of the machine from what is measured. */
const agent = new Agent({ keepAlive: true });

export async function post(url: string, token: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const asked = request(url, { method: 'POST', agent, headers }).end(JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const said = await text(answer);
  const { statusCode = 0 } = answer;
  if (statusCode >= 300) throw new Error(`${url} answered ${statusCode}: ${said}`);
}

export async function sleepUntil(at: number): Promise<void> {
  await sleep(Math.max(1, at - Date.now()));
}
