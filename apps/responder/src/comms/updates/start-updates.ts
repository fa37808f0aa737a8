import { databaseNow, startRowWorker, type Database, type Logger, type RowContext } from '#platform';
import { againLater } from '../again-later.ts';
import type { Delivery, FailedDelivery, OutgoingMessage } from '../channel.ts';
import { messageQueue } from '../message-row.ts';
import type { ProvidersInTurn } from '../providers-in-turn.ts';
import type { TenantLinks } from '../status-page/tenants/tenant-links.ts';
import { restMs } from '../rest-ms.ts';
import { plainMarkdown } from './plain-markdown.ts';
import type { Language } from './templates/wording.ts';

/** A row of `update_deliveries`. */
interface DeliveryRow {
  readonly id: string;
  readonly update_id: string;
  readonly incident_id: string;
  readonly channel: string;
  readonly address: string;
  readonly subject: string;
  readonly tenant: string | null;
  readonly attempts: number;
  readonly may_be_repeat: boolean;
}

/** Channels that updates go out on; those of one line wait for each other, and for nobody else. */
const lines: readonly (readonly string[])[] = [
  ['slack', 'incident-channel'],
  ['email'],
  ['teams'],
  ['webhook'],
];

/** A target has its updates in order: the newer waits while the older is still tried. */
const noneBefore = `not exists (select from update_deliveries older
  where older.incident_id = update_deliveries.incident_id and older.channel = update_deliveries.channel
    and older.address = update_deliveries.address and older.state in ('queued', 'sending')
    and older.created_at < update_deliveries.created_at)`;

/** About an hour of trying: the next update says more than one that is older. */
const mostAttempts = 120;

export interface UpdatesOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly providers: ProvidersInTurn;
  /** Of what stands below a letter. */
  readonly language: Language;
  /** A link to a tenant's own page; null: there is none. */
  readonly linkFor: TenantLinks['make'] | null;
}

/** Longer than an outage and its review. */
const linkDays = 90;

/** Sends updates to their targets: each once, but for a death between the send and its commit, and then marked. */
export async function startUpdates(options: UpdatesOptions): Promise<{ stop(): Promise<void> }> {
  const { db, log } = options;
  const workers = await Promise.all(
    lines.map((channels) =>
      startRowWorker<DeliveryRow>({
        ...messageQueue,
        pending: `${messageQueue.pending} and channel in (${channels.map((one) => `'${one}'`).join(', ')}) and ${noneBefore}`,
        table: 'update_deliveries',
        db,
        log,
        wakeChannel: 'update_deliveries',
        concurrency: 4,
        graceMs: 4500,
        perform: (row, context) => deliver(options, row, context),
      }),
    ),
  );
  return {
    stop: async () => {
      await Promise.all(workers.map((one) => one.stop()));
    },
  };
}

async function deliver(options: UpdatesOptions, row: DeliveryRow, context: RowContext): Promise<void> {
  const { db, providers } = options;
  const delivery = await attempt(options, row, context.signal);
  if (delivery.outcome === 'delivered')
    return context.update(
      db,
      `state = 'sent', sent_at = clock_timestamp(), receipt = $3, last_error = null`,
      [delivery.receipt],
    );
  if (delivery.permanent || row.attempts >= mostAttempts)
    return context.update(db, `state = 'failed', last_error = $3`, [delivery.reason]);
  const waitMs = restMs(row.attempts, delivery.retryAfterMs, providers.count(wayOf(row.channel)));
  return context.update(db, ...againLater(delivery, waitMs));
}

/** The incident's own channel is one of Slack's. */
function wayOf(channel: string): string {
  return channel === 'incident-channel' ? 'slack' : channel;
}

async function attempt(options: UpdatesOptions, row: DeliveryRow, signal: AbortSignal): Promise<Delivery> {
  const { db, providers } = options;
  const address = await addressOf(db, row);
  if (typeof address !== 'string') return address;
  const message = await messageOf(options, row, address);
  const at = await databaseNow(db);
  return providers.deliver({ channel: wayOf(row.channel), attempts: row.attempts, at }, message, signal);
}

/** A channel that is not made yet is waited for, also the new one of an incident that was opened again; one that is archived gets nothing any more. */
async function addressOf(db: Database, row: DeliveryRow): Promise<string | FailedDelivery> {
  if (row.channel !== 'incident-channel') return row.address;
  const { rows } = await db.query<{ channel: string | null }>(
    `select r.channel from slack_rooms r join incidents i on i.id = r.id
     where r.id = $1 and not (r.state = 'archived' and i.status in ('open', 'mitigated', 'verified')
       and coalesce((i.snapshot->>'activeSince')::float8::bigint, 0) > r.made_for)`,
    [row.incident_id],
  );
  const channel = rows[0]?.channel ?? null;
  if (channel !== null) return channel;
  const reason = 'the channel of the incident is not there yet';
  return { outcome: 'failed', permanent: false, maybeSent: false, reason };
}

async function messageOf(
  options: UpdatesOptions,
  row: DeliveryRow,
  address: string,
): Promise<OutgoingMessage> {
  const { db } = options;
  const { rows } = await db.query<{
    audience: string;
    status: string;
    body: string;
    number: number;
    nextDueAt: number | null;
  }>(
    `select u.audience, u.status, u.body, i.number, u.next_due_at as "nextDueAt"
     from updates u join incidents i on i.id = u.incident_id where u.id = $1`,
    [row.update_id],
  );
  const [update] = rows;
  if (update === undefined) throw new Error(`delivery ${row.id}: there is no update ${row.update_id}`);
  const { body, nextDueAt, ...about } = update;
  return {
    id: row.id,
    // A header of ours is nothing for customers.
    incidentId: row.channel === 'email' ? null : row.incident_id,
    person: '',
    address,
    subject: row.subject,
    body: plainMarkdown(body) + (await ownPage(options, row)),
    mayBeRepeat: row.may_be_repeat,
    answer: null,
    update: {
      ...about,
      markdown: body,
      nextDueAt: nextDueAt === null ? null : new Date(nextDueAt).toISOString(),
    },
  };
}

const ownPageWords: Readonly<Record<Language, string>> = {
  en: 'What it means for you:',
  de: 'Was es für Sie heißt:',
};

/** Each tenant's letter leads to their own page. */
async function ownPage({ linkFor, language }: UpdatesOptions, { tenant }: DeliveryRow): Promise<string> {
  if (tenant === null || linkFor === null) return '';
  const { url } = await linkFor(tenant, linkDays);
  return `\n\n${ownPageWords[language]} ${url}`;
}
