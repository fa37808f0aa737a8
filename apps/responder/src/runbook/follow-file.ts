import { stat } from 'node:fs/promises';
import type { Logger } from '#platform';

export interface FollowOptions {
  readonly everyMs: number;
  readonly log: Logger;
  /** Looks at the file. When it throws, it is called again at the next tick. */
  readonly look: () => Promise<void>;
}

/** Looks at a file soon after it has changed, and once at the beginning; not while it is still being written. */
export function followFile(file: string, options: FollowOptions): { close(): Promise<void> } {
  let seen = '';
  let last = '';
  let running: Promise<void> | null = null;
  const tick = async (): Promise<void> => {
    const now = await stampOf(file);
    // Two equal stamps in a row: whoever writes it has paused for a tick.
    const settled = now === last;
    last = now;
    if (!settled || now === seen) return;
    await options.look();
    seen = now;
  };
  const timer = setInterval(() => {
    running ??= tick()
      .catch((error: unknown) =>
        options.log.error({ err: error, file }, 'runbook: a look at its file failed'),
      )
      .finally(() => {
        running = null;
      });
  }, options.everyMs);
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/** Changes when the file's content does; also for a file that is put in its place, or is gone. */
async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'error';
  }
}
