import { createApiToken } from '../src/api/index.ts';
import { startMailing } from '../src/comms/index.ts';
import { createIncidents } from '../src/incidents/index.ts';
import { createDatabase, createLogger, migrate } from '../src/platform/index.ts';
import { startManyServices } from './many-services.ts';
import { outage } from './outage-facts.ts';

/**
 * A responder of many services as a process of its own; its one argument is JSON. With `openLongAgo` it first opens `count` incidents, so
 * long ago that their second levels are due evenly over `windowMs`, `leadMs` from the end of the opening. Prints one line with its
 * address and a token for people's API.
 */
export interface ManyServicesArguments {
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly tokenFile: string;
  readonly firstPerson?: number;
  readonly openLongAgo?: OpenLongAgo;
  /** Mails the status page's subscribers of this service, of which it opens an incident when none is open. */
  readonly mailsFor?: string;
}

interface OpenLongAgo {
  readonly count: number;
  readonly windowMs: number;
  readonly leadMs: number;
}

const lanes = 4;

const given = JSON.parse(process.argv[2] ?? '{}') as ManyServicesArguments;
const { firstPerson = 0, openLongAgo: longAgo, mailsFor } = given;
const log = createLogger({ level: 'error' });
const db = createDatabase(given.databaseUrl, { log });
await migrate(db);
const responder = await startManyServices({ ...given, firstPerson, db, log });
const windowStart = longAgo === undefined ? null : await openLongAgo(longAgo);
const url = await responder.start();
if (mailsFor !== undefined) await mail(mailsFor);
const apiToken = await createApiToken(db, 'p0', 'test');
process.stdout.write(`${JSON.stringify({ url, apiToken, windowStart })}\n`);

/** Epoch milliseconds at which the first second level is due. */
async function openLongAgo({ count, windowMs, leadMs }: OpenLongAgo): Promise<number> {
  const { plan, incidentsOptions } = responder;
  const secondLevelMs = (plan.escalation[1]?.fromMinutes ?? 0) * 60_000;
  const planned = Date.now() + leadMs;
  const numbers = Array.from({ length: count }).keys();
  const lane = async (): Promise<void> => {
    for (const n of numbers) {
      const at = planned + (n / count) * windowMs - secondLevelMs;
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
  const lateMs = Date.now() + leadMs - planned;
  await spreadTimers(planned + lateMs, windowMs, lateMs);
  return planned + lateMs;
}

/** The first pages' windows end within the window, too; whatever else was due long ago is not part of what is measured. */
async function spreadTimers(start: number, windowMs: number, lateMs: number): Promise<void> {
  await db.query(
    `update timers set due_at = case kind
       when 'escalation' then due_at + $2 * interval '1 millisecond'
       when 'acknowledgment' then $1::timestamptz + random() * $3 * interval '1 millisecond'
       else due_at + interval '1 hour' end`,
    [new Date(start), lateMs, windowMs],
  );
  // As it would have been meanwhile: nothing is left of the due times that they never had.
  await db.query('vacuum analyze');
}

async function mail(serviceId: string): Promise<void> {
  const { plan, incidentsOptions } = responder;
  const assessment = outage(Date.now());
  await createIncidents(incidentsOptions).assess({
    service: { id: serviceId },
    assessment,
    diagnoses: [],
    drill: null,
    plan,
  });
  await startMailing({
    db,
    serviceId,
    smtp: { url: given.smtpUrl, from: 'status@example.org' },
    page: { name: 'Status', url: 'https://status.example.org' },
    log,
  });
}
