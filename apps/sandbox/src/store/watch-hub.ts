import { expired } from './api-status-error.ts';
import type { Kind } from './kinds.ts';
import type { KubeObject } from './meta.ts';

/** One change as the store made it; `previous` is what stood before (absent for ADDED). */
export interface Change<T extends KubeObject = KubeObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
  previous?: T;
}

interface Recorded {
  kind: Kind;
  version: number;
  change: Change;
}

interface Watcher {
  kind: Kind;
  /** Changes up to here are known to the watcher. */
  seen: number;
  listener: (change: Change) => void;
}

/**
 * Hands changes to watchers in the order they were made. A listener may write to the store: what it writes is
 * delivered after the change it is being told of has reached everybody.
 */
export class WatchHub {
  private readonly watchers = new Set<Watcher>();
  private readonly limit: number;
  private history: Recorded[] = [];
  private queue: Recorded[] = [];
  private draining = false;
  /** The newest version that has been dropped from history. */
  private dropped = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  publish(kind: Kind, version: number, change: Change): void {
    const recorded = { kind, version, change };
    this.history.push(recorded);
    if (this.history.length > this.limit * 2) {
      this.dropped = this.history[this.limit - 1]?.version ?? this.dropped;
      this.history = this.history.slice(this.limit);
    }
    this.queue.push(recorded);
    this.drain();
  }

  /** Follows a kind from `since` on. Throws 410 when changes after `since` are no longer kept. */
  follow(kind: Kind, since: number, listener: (change: Change) => void): () => void {
    if (since < this.dropped) throw expired(String(since), this.dropped);
    const watcher: Watcher = { kind, seen: since, listener };
    this.watchers.add(watcher);
    const outer = this.draining;
    // What the listener writes meanwhile has to wait until the watcher has caught up.
    this.draining = true;
    const missed = this.history.filter((entry) => entry.version > since);
    for (const recorded of missed) this.tell(watcher, recorded);
    this.draining = outer;
    this.drain();
    return () => {
      this.watchers.delete(watcher);
    };
  }

  private drain(): void {
    if (this.draining) return;
    this.draining = true;
    while (this.queue.length > 0) {
      const recorded = this.queue.shift();
      for (const watcher of recorded === undefined ? [] : this.watchers) this.tell(watcher, recorded);
    }
    this.draining = false;
  }

  private tell(watcher: Watcher, recorded: Recorded | undefined): void {
    if (recorded === undefined || recorded.kind !== watcher.kind || recorded.version <= watcher.seen) return;
    watcher.seen = recorded.version;
    try {
      watcher.listener(recorded.change);
    } catch (error) {
      // One listener's mistake must not keep a change from the others; it still ends the process.
      process.nextTick(() => {
        throw error;
      });
    }
  }
}
