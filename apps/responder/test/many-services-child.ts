import { createApiToken } from '../src/api/index.ts';
import { createIncidents } from '../src/incidents/index.ts';
import { createDatabase, createLogger, migrate } from '../src/platform/index.ts';
import { startManyServices } from './many-services.ts';
import { outage } from './outage-facts.ts';

/**
 * A responder of many services as a process of its own: `DATABASE_URL SMTP_URL TOKEN_FILE [INCIDENTS WINDOW_MS LEAD_MS]`. With
 * INCIDENTS it first opens as many, so long ago that their second levels are due evenly over WINDOW_MS, LEAD_MS from the end of the opening.
 * Prints one line with its address and a token for people's API.
 */
const [url = '', smtpUrl = '', tokenFile = '', incidents = '0', windowMs = '0', leadMs = '0'] =
  process.argv.slice(2);
const people = 10_000;
const lanes = 4;

const log = createLogger({ level: 'error' });
const db = createDatabase(url, { log });
await migrate(db);
const responder = await startManyServices({ db, log, smtpUrl, tokenFile, people });
const windowStart = await openLongAgo(Number(incidents));
const address = await responder.start();
const apiToken = await createApiToken(db, 'p0', 'test');
process.stdout.write(`${JSON.stringify({ url: address, apiToken, windowStart })}\n`);

/** Epoch milliseconds at which the first second level is due. */
async function openLongAgo(count: number): Promise<number> {
  const { plan, incidentsOptions } = responder;
  const secondLevelMs = (plan.escalation[1]?.fromMinutes ?? 0) * 60_000;
  const planned = Date.now() + Number(leadMs);
  const numbers = Array.from({ length: count }).keys();
  const lane = async (): Promise<void> => {
    for (const n of numbers) {
      const at = planned + (n / count) * Number(windowMs) - secondLevelMs;
      const then = createIncidents({ ...incidentsOptions, clock: { now: () => Promise.resolve(at) } });
      await then.assess({
        service: { id: `open-${n}` },
        assessment: outage(at),
        diagnoses: [],
        drill: null,
        plan,
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  // Opening has taken its time: what is due moves with it.
  const lateMs = Date.now() + Number(leadMs) - planned;
  await spreadTimers(planned + lateMs, lateMs);
  return planned + lateMs;
}

/** The first pages' windows end within the window, too; whatever else was due long ago is not part of what is measured. */
async function spreadTimers(start: number, lateMs: number): Promise<void> {
  await db.query(
    `update timers set due_at = case kind
       when 'escalation' then due_at + $2 * interval '1 millisecond'
       when 'acknowledgment' then $1::timestamptz + random() * $3 * interval '1 millisecond'
       else due_at + interval '1 hour' end`,
    [new Date(start), lateMs, Number(windowMs)],
  );
}
