import { type Database, type Logger, type RowContext, type RowWorker, startRowWorker } from '#platform';
import { quoted } from '../take-wishes.ts';
import type { HookRow } from './hook-row.ts';
import { judgePost } from './judge-post.ts';
import { sendPost, type SendPostOptions } from './send-post.ts';
import { rest, settlePost } from './settle-post.ts';
import { spreadToHooks } from './spread-to-hooks.ts';
import { takePost } from './take-post.ts';

export interface PostingOptions extends SendPostOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly log: Logger;
  readonly spreadEveryMs?: number;
}

/** Targets that failed are tried apart: however many of them hang, those that answer wait for none. */
const lanes = [
  { pending: 'failures = 0', concurrency: 32 },
  { pending: 'failures > 0', concurrency: 16 },
] as const;
/** Longer than an attempt. */
const leaseMs = 15_000;

/** Posts updates to the programs of subscribers: one post at a time a target, in order; what was posted is a row. */
export async function startPosting(options: PostingOptions): Promise<{ stop(): Promise<void> }> {
  const { db, serviceId, log, spreadEveryMs = 60_000 } = options;
  const spread = (): void =>
    void spreadToHooks(db, serviceId).catch((error: unknown) =>
      log.warn({ err: error }, 'posts to subscribers could not be written; trying again'),
    );
  const unlisten = await db.listen('public_updates', spread);
  const timer = setInterval(spread, spreadEveryMs);
  spread();
  const workers: RowWorker[] = [];
  for (const { pending, concurrency } of lanes)
    workers.push(
      await startRowWorker<HookRow>({
        db,
        log,
        table: 'status_page_hooks',
        pending: `waiting and ${pending} and service_id = ${quoted(serviceId)}`,
        wakeChannel: 'status_page_hooks',
        concurrency,
        leaseMs,
        graceMs: 4500,
        perform: (hook, context) => postNext(options, hook, context),
      }),
    );
  return {
    stop: async () => {
      unlisten();
      clearInterval(timer);
      await Promise.all(workers.map((one) => one.stop()));
    },
  };
}

async function postNext(options: PostingOptions, hook: HookRow, context: RowContext): Promise<void> {
  const { db, log } = options;
  const taken = await takePost(db, hook.id, context.fence);
  if (taken === null) return db.transact((tx) => rest(tx, hook.id, context));
  const { content, ageMs } = taken;
  const end = await sendPost(options, { hook, content }, context.signal);
  const { refused_since: since, failures, claimed_at: now } = hook;
  const verdict = judgePost(end, {
    failures,
    refusedForMs: since === null ? null : now - since,
    ageMs,
  });
  await db.transact((tx) => settlePost(tx, { hook, postId: content.id, context }, verdict));
  if (verdict.kind === 'forget')
    log.warn(
      { hook: hook.id, host: new URL(hook.url).host, reason: verdict.reason },
      'a subscriber refuses updates; it is forgotten',
    );
}
