import type { ClusterFacts, EpochMs, WatchedService } from '#facts';
import type { Logger } from '#platform';
import { clusterActions, type ClusterActions } from './act/cluster-actions.ts';
import { createKubeApi, type KubeApi } from './kube-api.ts';
import { clusterReads, type ClusterReads } from './read/cluster-reads.ts';
import { typedRead } from './read/typed-read.ts';
import { createFactStore } from './watch/fact-store.ts';
import { followResource } from './watch/follow-resource.ts';
import { watchedResources } from './watch/watched-resources.ts';

export interface ClusterOptions {
  /** Absent: the service account of the pod it runs in. */
  readonly kubeconfigPath?: string;
  readonly service: WatchedService;
  readonly log: Logger;
  readonly now?: () => EpochMs;
}

/** The watched cluster: facts from watches, live reads and typed actions. */
export interface Cluster extends ClusterReads, ClusterActions {
  /** Starts the watches; resolves when each has listed once or `timeoutMs` (10 s) has passed. Never rejects. */
  start(timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
  facts(): ClusterFacts;
  /** Called soon after facts have changed, many changes at once; returns the way to stop it. */
  onChange(listener: () => void): () => void;
  readable(): boolean;
  /** Answers one kubectl read as plain text without kubectl; null when it has no typed form. */
  typedRead(argv: readonly string[], signal?: AbortSignal): Promise<string | null>;
}

/** Changes are told together: a list of thousands of objects is one change. */
const settleMs = 20;
/** Shorter than an HTTP client keeps an idle connection (4 s), so that one connection serves. */
const pingEveryMs = 3000;
const pingLimitMs = 2000;

function changeTeller(): { touch(): void; onChange(listener: () => void): () => void } {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  const tell = () => {
    timer = null;
    for (const listener of listeners) listener();
  };
  return {
    touch() {
      timer ??= setTimeout(tell, settleMs).unref();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Asks the server for its version; true when it answers in time. */
async function ping(api: KubeApi): Promise<boolean> {
  return api.text({ path: '/version', timeoutMs: pingLimitMs }).then(
    () => true,
    () => false,
  );
}

function watchAll(options: ClusterOptions, api: KubeApi) {
  const { service, log, now = Date.now } = options;
  const store = createFactStore();
  const teller = changeTeller();
  const resources = watchedResources(service);
  const unlisted = new Set<string>(resources.map((one) => one.name));
  const listed = Promise.withResolvers<void>();
  const state = { answering: false, lastReadAt: null as EpochMs | null };

  function told(name: string): void {
    state.lastReadAt = now();
    unlisted.delete(name);
    if (unlisted.size === 0) listed.resolve();
    teller.touch();
  }

  function follow(signal: AbortSignal): void {
    for (const { name, path } of resources)
      void followResource(
        api,
        path,
        {
          onList(objects) {
            store.replace(name, objects);
            state.answering = true;
            told(name);
          },
          onUpsert(object) {
            store.upsert(name, object);
            told(name);
          },
          onRemove(object) {
            store.remove(name, object);
            told(name);
          },
          onFailure(error, absent) {
            log.warn({ err: error, path, absent }, `${path}: cannot be listed`);
            if (absent) told(name);
          },
        },
        signal,
      );
  }

  async function check(): Promise<void> {
    const before = state.answering;
    state.answering = await ping(api);
    if (state.answering) state.lastReadAt = now();
    if (before === state.answering) return;
    log.warn({ readable: state.answering }, 'the Kubernetes API changed between readable and not');
    teller.touch();
  }

  return { store, teller, listed: listed.promise, unlisted, state, follow, check };
}

/** Connects lazily: nothing is asked before `start`. Throws AppError for an unusable kubeconfig. */
export function createCluster(options: ClusterOptions): Cluster {
  const api = createKubeApi(options.kubeconfigPath);
  const watches = watchAll(options, api);
  const stopping = new AbortController();
  let pinger: NodeJS.Timeout | null = null;
  const readable = () => watches.state.answering && watches.unlisted.size === 0;

  return {
    ...clusterReads(api),
    ...clusterActions(api),
    async start(timeoutMs = 10_000) {
      watches.follow(stopping.signal);
      pinger = setInterval(() => void watches.check(), pingEveryMs).unref();
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, timeoutMs);
      await Promise.race([watches.listed, limit.promise]);
      clearTimeout(timer);
    },
    async stop() {
      stopping.abort();
      if (pinger !== null) clearInterval(pinger);
      await api.close();
    },
    facts: () => ({
      readable: readable(),
      lastReadAt: watches.state.lastReadAt,
      ...watches.store.facts(),
    }),
    onChange: watches.teller.onChange,
    readable,
    typedRead: (argv, signal) => typedRead(api, argv, signal),
  };
}
