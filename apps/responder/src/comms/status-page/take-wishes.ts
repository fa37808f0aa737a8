import {
  hookPlaceOf,
  hookWish,
  linkWish,
  type SubscriberConfig,
  subscribeWish,
  type VisitorReport,
  visitorReport,
} from '@tocsin/contract';
import { ZodError } from 'zod';
import { type Database, type Logger, type RowWorker, startRowWorker } from '#platform';
import { subscribeHook } from './hooks/subscribe-hook.ts';
import { confirmSubscriber, leave, subscribe } from './subscribers/subscriber-verbs.ts';

export interface TakeWishesOptions {
  readonly db: Database;
  readonly serviceId: string;
  /** Takes it as what a customer says; it joins the report that is open. */
  readonly report: (said: string) => Promise<unknown>;
  /** By which ways visitors may subscribe. */
  readonly ways: SubscriberConfig;
  readonly log: Logger;
}

interface WishRow {
  readonly id: string;
  readonly kind: string;
  readonly wish: unknown;
}

/** Works off what visitors of the status page ask for: at least once each, and twice is the same as once; a repeated report counts up. */
export function startTakingWishes(options: TakeWishesOptions): Promise<RowWorker> {
  const { db, serviceId, log } = options;
  return startRowWorker<WishRow>({
    db,
    log,
    table: 'status_page_wishes',
    pending: `done_at is null and service_id = ${quoted(serviceId)}`,
    wakeChannel: 'status_page_wishes',
    concurrency: 1,
    graceMs: 2000,
    perform: async (row, context) => {
      if (!(await grant(options, row)))
        log.warn({ id: row.id, kind: row.kind }, 'what a visitor asked for cannot be read; it is put aside');
      await context.update(db, 'done_at = clock_timestamp()');
    },
  });
}

type Grant = (options: TakeWishesOptions, wish: unknown) => Promise<unknown>;

/** Each reads its own wish; throws a ZodError when it is none. */
const grants: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  ['report', ({ report }, wish) => report(textOf(visitorReport.parse(wish)))],
  ['subscribe', ({ db, serviceId }, wish) => subscribe(db, serviceId, subscribeWish.parse(wish))],
  ['subscribe-hook', takeHook],
  ['confirm', ({ db, serviceId }, wish) => confirmSubscriber(db, serviceId, linkWish.parse(wish).token)],
  ['leave', ({ db, serviceId }, wish) => leave(db, serviceId, linkWish.parse(wish).token)],
]);

/** What the page's process has let through is looked at again here, where requests leave. */
async function takeHook({ db, serviceId, ways, log }: TakeWishesOptions, wish: unknown): Promise<void> {
  const wanted = hookWish.parse(wish);
  const place = hookPlaceOf(wanted.kind, wanted.url, ways);
  if (place !== null) return subscribeHook(db, serviceId, { ...wanted, url: place.url });
  log.warn({ kind: wanted.kind }, 'a visitor wants updates at a place that the configuration does not name');
}

/** False: it is nothing that we know. */
async function grant(options: TakeWishesOptions, { kind, wish }: WishRow): Promise<boolean> {
  try {
    await grants.get(kind)?.(options, wish);
    return grants.has(kind);
  } catch (error) {
    if (error instanceof ZodError) return false;
    throw error;
  }
}

function textOf({ text, from }: VisitorReport): string {
  return from === null ? `status page: ${text}` : `status page, from ${from}: ${text}`;
}

/** A condition of a queue is text: it takes no parameters. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
