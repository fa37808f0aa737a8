import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#platform';

const lookMs = 50;
/** A provider that hangs holds up nothing else for longer. */
const longestMs = 1500;

/** Makes a function that resolves when no page is due or being sent, at the latest after 1.5 s. Callers at the same time look together. */
export function createPagesOut(db: Database): () => Promise<void> {
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const until = performance.now() + longestMs;
    while ((await isSending(db)) && performance.now() < until) await pause(lookMs);
  }

  return () => (looking ??= look().finally(() => (looking = null)));
}

async function isSending(db: Database): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from messages where state in ('queued', 'sending') and due_at <= clock_timestamp() limit 1`,
  );
  return rowCount > 0;
}
