import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { StaticFile } from './static-files.ts';

/** Where files are written to. */
export interface FilePlace {
  readonly name: string;
  put(file: StaticFile): Promise<void>;
  /** The text of a file; null when there is none. */
  read(name: string): Promise<string | null>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
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
/** Lies beside the files and names them, so that what is no longer part of the page is known after a restart, too. */
const listName = 'files.json';

/** Writes what has changed and removes what the page no longer has, one file after another, and tries again until it has succeeded or there is something newer. */
export function keepWritten({ place, log, retryMs = 1000 }: KeepWrittenOptions): Written {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wanted: (() => readonly StaticFile[]) | null = null;
  let running: Promise<void> | null = null;
  const bring = createBring(place, () => wanted !== null || signal.aborted);

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

/** What is not a name of ours is left alone, whoever has written it there. */
function namesIn(text: string | null): readonly string[] {
  try {
    const names: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(names) ? names.filter(isOwnName) : [];
  } catch {
    return [];
  }
}

function isOwnName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name !== listName &&
    /^[\w-][\w./-]*$/.test(name) &&
    !name.split('/').includes('..')
  );
}

/** Brings a place to a set of files; ends early once `isOver`. */
function createBring(
  place: FilePlace,
  isOver: () => boolean,
): (files: readonly StaticFile[]) => Promise<void> {
  const written = new Map<string, string>();
  let listed: readonly string[] | null = null;

  async function list(names: readonly string[]): Promise<void> {
    await place.put({ name: listName, type: 'application/json', text: JSON.stringify(names) });
    listed = names;
  }

  async function bring(files: readonly StaticFile[]): Promise<void> {
    const names = files.map(({ name }) => name);
    const known: readonly string[] = listed ?? namesIn(await place.read(listName));
    // Named before it is there: a death in between leaves nothing that nobody knows of.
    if (names.some((name) => !known.includes(name))) await list([...new Set([...known, ...names])]);
    await putAll(files);
    const gone = known.filter((name) => !names.includes(name));
    for (const name of gone) {
      if (isOver()) return;
      await place.remove(name);
      written.delete(name);
    }
    if (gone.length > 0 && !isOver()) await list(names);
  }

  async function putAll(files: readonly StaticFile[]): Promise<void> {
    for (const file of files) {
      if (isOver()) return;
      const hash = createHash('sha256').update(file.text).digest('base64url');
      if (written.get(file.name) === hash) continue;
      await place.put(file);
      written.set(file.name, hash);
    }
  }

  return bring;
}
