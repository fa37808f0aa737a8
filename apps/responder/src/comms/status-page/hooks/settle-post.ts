import type { Queryable, RowContext } from '#platform';
import type { HookRow } from './hook-row.ts';
import type { PostVerdict } from './judge-post.ts';

/** Writes down what came of an attempt, and lets go of its target. Throws LeaseLost when somebody else has it. */
export async function settlePost(
  tx: Queryable,
  {
    hook,
    postId,
    context,
  }: { readonly hook: HookRow; readonly postId: string; readonly context: RowContext },
  verdict: PostVerdict,
): Promise<void> {
  switch (verdict.kind) {
    case 'sent':
      await context.update(tx, 'failures = 0, refused_since = null');
      await tx.query(
        `update status_page_posts set state = 'sent', sent_at = clock_timestamp(), last_error = null where id = $1`,
        [postId],
      );
      return lookForMore(tx, hook.id);
    case 'again':
    case 'give-up':
      await context.update(
        tx,
        `failures = failures + 1, due_at = clock_timestamp() + $3 * interval '1 millisecond',
         refused_since = case when $4 then coalesce(refused_since, clock_timestamp()) else refused_since end`,
        [verdict.restMs, verdict.refused],
      );
      await tx.query(
        `update status_page_posts set state = $2, last_error = $3, may_be_repeat = may_be_repeat or $4 where id = $1`,
        [postId, verdict.kind === 'again' ? 'queued' : 'failed', verdict.reason, verdict.maybeSent],
      );
      return lookForMore(tx, hook.id);
    case 'forget':
      return forget(tx, { hook, context }, verdict.reason);
    default:
      return verdict satisfies never;
  }
}

/** Lets go of a target that nothing waits for. */
export async function rest(tx: Queryable, hookId: string, context: RowContext): Promise<void> {
  await context.update(tx, 'failures = failures');
  await lookForMore(tx, hookId);
}

/** The row is locked by us: whoever writes a post meanwhile sets `waiting` after we have committed. */
async function lookForMore(tx: Queryable, hookId: string): Promise<void> {
  await tx.query(
    `update status_page_hooks set waiting = exists (
       select from status_page_posts where hook_id = $1 and state in ('queued', 'sending'))
     where id = $1`,
    [hookId],
  );
}

async function forget(
  tx: Queryable,
  { hook, context }: { readonly hook: HookRow; readonly context: RowContext },
  reason: string,
): Promise<void> {
  await context.update(tx, 'failures = failures');
  await tx.query(
    `insert into status_page_hook_removals (hook_id, service_id, kind, host, reason)
     select id, service_id, kind, $2, $3 from status_page_hooks where id = $1`,
    [hook.id, new URL(hook.url).host, reason],
  );
  await tx.query('delete from status_page_hooks where id = $1', [hook.id]);
}
