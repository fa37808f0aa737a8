import type { Database, Logger } from '#platform';

const everyMs = 3_600_000;

/** What was asked for and done, and what was sent: by then nobody asks any more whether it was. */
const old = [
  `delete from status_page_wishes where done_at < clock_timestamp() - interval '7 days'`,
  `delete from status_page_mails where state not in ('queued', 'sending') and sent_at < clock_timestamp() - interval '30 days'`,
  `delete from status_page_posts where state not in ('queued', 'sending') and sent_at < clock_timestamp() - interval '30 days'`,
];

/** Forgets once an hour what the status page has no use for. That an update was told to subscribers is kept elsewhere. */
export function startForgetting(db: Database, log: Logger): { stop(): Promise<void> } {
  const forget = async (): Promise<void> => {
    for (const sql of old) await db.query(sql);
  };
  const timer = setInterval(
    () => void forget().catch((error: unknown) => log.warn({ err: error }, 'old rows could not be deleted')),
    everyMs,
  ).unref();
  return {
    stop: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
