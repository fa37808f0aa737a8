import { type Database, type Logger, type RowContext, type RowWorker, startRowWorker } from '#platform';
import { againLater } from '../../again-later.ts';
import type { Delivery } from '../../channel.ts';
import type { MailServer } from '../../email/mail-lane.ts';
import { quoted } from '../take-wishes.ts';
import { createMailLanes, type MailLanes } from '../../email/mail-lanes.ts';
import { createMarkSent, type MarkSent } from './mark-sent.ts';
import { spreadUpdates } from './spread-updates.ts';
import { type MailContent, writeMail } from './write-mail.ts';

export interface MailingOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly smtp: MailServer;
  readonly page: { readonly name: string; readonly url: string };
  readonly log: Logger;
  readonly spreadEveryMs?: number;
}

interface MailingRoom extends MailingOptions {
  readonly lanes: MailLanes;
  readonly markSent: MarkSent;
}

interface MailRow {
  readonly id: string;
  readonly attempts: number;
  readonly may_be_repeat: boolean;
}

/** Connections: few, so that a mail server that takes one mail after the other takes a page soon. */
const connections = 5;
/** Taken at a time: so many that writing down which are taken and which are sent holds up no connection. */
const concurrency = connections * 5;
const mostAttempts = 60;
const restMs = 60_000;

/** Mails subscribers as fast as the server takes it; what was sent is a row, so that a restart goes on where it was. */
export async function startMailing(options: MailingOptions): Promise<{ stop(): Promise<void> }> {
  const { db, serviceId, smtp, log, spreadEveryMs = 60_000 } = options;
  const spread = (): void =>
    void spreadUpdates(db, serviceId).catch((error: unknown) =>
      log.warn({ err: error }, 'mails to subscribers could not be written; trying again'),
    );
  const unlisten = await db.listen('public_updates', spread);
  const timer = setInterval(spread, spreadEveryMs);
  spread();
  const lanes = createMailLanes(smtp, { count: connections, stageMs: 10_000, mailMs: 30_000, idleMs: 5000 });
  const room = { ...options, lanes, markSent: createMarkSent(db) };
  const worker: RowWorker = await startRowWorker<MailRow>({
    db,
    log,
    table: 'status_page_mails',
    pending: `state in ('queued', 'sending') and service_id = ${quoted(serviceId)}`,
    claimSet: `state = 'sending', attempts = attempts + 1, may_be_repeat = may_be_repeat or state = 'sending'`,
    wakeChannel: 'status_page_mails',
    concurrency,
    graceMs: 4500,
    perform: (row, context) => deliver(room, row, context),
  });
  return {
    stop: async () => {
      unlisten();
      clearInterval(timer);
      await worker.stop();
      lanes.close();
    },
  };
}

async function deliver(room: MailingRoom, row: MailRow, context: RowContext): Promise<void> {
  const { db } = room;
  const content = await readContent(db, row.id);
  // Who has left took the row along.
  if (content === null) return;
  const delivery = await send(room, { row, content }, context.signal);
  if (delivery.outcome === 'delivered') return room.markSent(row.id, context.fence);
  if (delivery.permanent || row.attempts >= mostAttempts)
    return context.update(db, `state = 'failed', last_error = $3`, [delivery.reason]);
  return context.update(db, ...againLater(delivery, restMs));
}

async function readContent(db: Database, id: string): Promise<MailContent | null> {
  const { rows } = await db.query<MailContent & Record<string, unknown>>(
    `select s.address, s.language, s.token, case when u.id is not null then
       json_build_object('incidentId', u.incident_id, 'status', u.status, 'body', u.body) end as update
     from status_page_mails m join status_page_subscribers s on s.id = m.subscriber_id
     left join updates u on u.id = m.update_id where m.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

function send(
  { smtp, page, lanes }: MailingRoom,
  { row, content }: { readonly row: MailRow; readonly content: MailContent },
  signal: AbortSignal,
): Promise<Delivery> {
  const { subject, text, leaveUrl } = writeMail(content, page);
  const mail = {
    to: content.address,
    subject,
    text,
    messageId: `<${row.id}@${/@([^\s>]+)/.exec(smtp.from)?.[1] ?? 'tocsin'}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(leaveUrl === null
        ? {}
        : { 'List-Unsubscribe': `<${leaveUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      ...(row.may_be_repeat ? { 'X-Tocsin-May-Be-Repeat': 'true' } : {}),
    },
  };
  return lanes.send(mail, signal);
}
