import { stat } from 'node:fs/promises';
import type { Logger } from '#platform';

export interface FollowOptions {
  readonly everyMs: number;
  readonly log: Logger;
  /** Looks at the file. When it throws, it is called again at the next tick. */
  readonly look: () => Promise<void>;
}

/** Looks at files soon after one of them has changed, and once at the beginning; not while they are still being written. */
export function followFiles(files: readonly string[], options: FollowOptions): { close(): Promise<void> } {
  let seen = '';
  let last = '';
  let running: Promise<void> | null = null;
  const tick = async (): Promise<void> => {
    const now = (await Promise.all(files.map(stampOf))).join(', ');
    // Two equal stamps in a row: whoever writes them has paused for a tick.
    const settled = now === last;
    last = now;
    if (!settled || now === seen) return;
    await options.look();
    seen = now;
  };
  const timer = setInterval(() => {
    running ??= tick()
      .catch((error: unknown) =>
        options.log.error({ err: error, files }, 'runbook: a look at its file failed'),
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
