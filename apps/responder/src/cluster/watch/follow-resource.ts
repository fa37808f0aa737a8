import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeApi } from '../kube-api.ts';
import { KubeApiError } from '../kube-api-error.ts';
import type { WireMeta } from '../map/object-shape.ts';

/** What following one collection reports. */
export interface Follower {
  onList(objects: readonly unknown[]): void;
  onUpsert(object: unknown): void;
  onRemove(object: unknown): void;
  /** Listing failed; it is tried again. `absent` = the server does not have or show this collection. */
  onFailure(error: unknown, absent: boolean): void;
}

interface ListAnswer {
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  readonly items?: readonly unknown[] | null;
}

const pageSize = 500;
const firstRetryMs = 250;
const longestRetryMs = 5000;
const absentRetryMs = 30_000;

async function listAll(api: KubeApi, path: string): Promise<{ version: string; items: unknown[] }> {
  const items: unknown[] = [];
  let next: string | undefined;
  for (;;) {
    const page: ListAnswer = await api.json({ path, query: { limit: pageSize, continue: next } });
    items.push(...(page.items ?? []));
    next = page.metadata?.continue === '' ? undefined : page.metadata?.continue;
    if (next === undefined) return { version: page.metadata?.resourceVersion ?? '', items };
  }
}

/** Hands on what is there now. Of the objects nothing is kept: thousands of them, as they come, are large. */
async function tellList(api: KubeApi, path: string, follower: Follower): Promise<string> {
  const { version, items } = await listAll(api, path);
  follower.onList(items);
  return version;
}

type WatchEnd = { readonly version: string; readonly relist: boolean; readonly failed: boolean };

/** True when the version is too old to go on from: the collection has to be listed again. */
function isExpired(error: unknown): boolean {
  const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: number };
  return statusCode === 410 || code === 410;
}

function watchOnce(
  api: KubeApi,
  path: string,
  from: { readonly version: string; readonly signal: AbortSignal },
  follower: Follower,
): Promise<WatchEnd> {
  const { promise, resolve } = Promise.withResolvers<WatchEnd>();
  let version = from.version;
  let relist = false;
  let stop: (() => void) | null = null;
  const onAbort = () => stop?.();
  from.signal.addEventListener('abort', onAbort, { once: true });
  const end = (failed: boolean) => {
    from.signal.removeEventListener('abort', onAbort);
    resolve({ version, relist, failed });
  };
  const onEvent = (type: string, object: unknown) => {
    if (type === 'ERROR') {
      relist = true;
      return;
    }
    version = (object as { metadata?: WireMeta }).metadata?.resourceVersion ?? version;
    if (type === 'DELETED') follower.onRemove(object);
    else if (type !== 'BOOKMARK') follower.onUpsert(object);
  };
  const onEnd = (error: unknown) => {
    if (isExpired(error)) relist = true;
    const quiet = error === null || error === undefined || (error as Error).name === 'TimeoutError';
    end(!quiet);
  };
  const query = { resourceVersion: version, allowWatchBookmarks: 'true' };
  void (async () => {
    try {
      stop = await api.watch(path, query, { onEvent, onEnd });
      if (from.signal.aborted) stop();
    } catch {
      end(true);
    }
  })();
  return promise;
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, { signal }).catch(() => undefined);
}

/** Watches on from a version until the collection has to be listed again: 410 Gone, or two failures in a row. */
async function watchOn(
  api: KubeApi,
  path: string,
  from: { version: string; readonly signal: AbortSignal },
  follower: Follower,
): Promise<void> {
  let failures = 0;
  while (!from.signal.aborted && failures < 2) {
    const end = await watchOnce(api, path, from, follower);
    if (end.relist) return;
    failures = end.failed ? failures + 1 : 0;
    from.version = end.version;
    if (end.failed) await pause(firstRetryMs, from.signal);
  }
}

/**
 * Lists a collection and watches on from there until the signal aborts. A watch that ends goes on from its last version;
 * 410 Gone lists again; failures back off from 0.25 s to 5 s. Never throws.
 */
export async function followResource(
  api: KubeApi,
  path: string,
  follower: Follower,
  signal: AbortSignal,
): Promise<void> {
  let retryMs = firstRetryMs;
  while (!signal.aborted) {
    try {
      const version = await tellList(api, path, follower);
      retryMs = firstRetryMs;
      await watchOn(api, path, { version, signal }, follower);
    } catch (error) {
      if (signal.aborted) return;
      const absent = error instanceof KubeApiError && [403, 404, 501].includes(error.status);
      follower.onFailure(error, absent);
      await pause(absent ? absentRetryMs : retryMs, signal);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    }
  }
}
