import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { StaticFile } from './static-files.ts';

/** Where files are written to. */
export interface FilePlace {
  readonly name: string;
  put(file: StaticFile): Promise<void>;
}

export interface Written {
  /** Brings the place to these files; what was asked for before and has not begun is skipped. */
  write(files: () => readonly StaticFile[]): void;
  stop(): Promise<void>;
}

export interface KeepWrittenOptions {
  readonly place: FilePlace;
  readonly log: Log;
  /** First rest after a failure; doubles up to a minute. */
  readonly retryMs?: number;
}

const longestRestMs = 60_000;

/** Writes what has changed, one file after another, and tries again until it has succeeded or there is something newer. */
export function keepWritten({ place, log, retryMs = 1000 }: KeepWrittenOptions): Written {
  const written = new Map<string, string>();
  const stopping = new AbortController();
  const { signal } = stopping;
  let wanted: (() => readonly StaticFile[]) | null = null;
  let running: Promise<void> | null = null;

  async function bring(files: readonly StaticFile[]): Promise<void> {
    for (const file of files) {
      if (wanted !== null || signal.aborted) return;
      const hash = createHash('sha256').update(file.text).digest('base64url');
      if (written.get(file.name) === hash) continue;
      await place.put(file);
      written.set(file.name, hash);
    }
  }

  async function run(): Promise<void> {
    let restMs = retryMs;
    while (wanted !== null && !signal.aborted) {
      const files = wanted;
      wanted = null;
      try {
        await bring(files());
        restMs = retryMs;
      } catch (error) {
        log('warn', `${place.name}: could not be written, trying again: ${(error as Error).message}`);
        await sleep(restMs, undefined, { signal }).catch(() => undefined);
        restMs = Math.min(2 * restMs, longestRestMs);
        wanted ??= files;
      }
    }
    running = null;
  }

  return {
    write: (files) => {
      wanted = files;
      running ??= run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
