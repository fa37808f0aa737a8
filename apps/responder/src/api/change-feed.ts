import { randomUUID } from 'node:crypto';
import type { StreamEvent } from '@tocsin/contract';

/** One event with its address in this feed. */
export interface FedEvent {
  readonly id: string;
  readonly event: StreamEvent;
}

/** What happened lately, for streams that follow and for those that come back. */
export interface ChangeFeed {
  publish(event: StreamEvent): void;
  /**
   * What came after `lastEventId`; null when this feed cannot know (another process made that id, or it is too long
   * ago): the reader must read everything again.
   */
  since(lastEventId: string): readonly FedEvent[] | null;
  /** Address of the newest event. */
  latestId(): string;
  follow(hear: (event: FedEvent) => void): () => void;
  readonly followers: number;
}

/** Keeps the last `limit` events in memory. Ids carry a name of this run, so that a restart is noticed. */
export function createChangeFeed(limit = 1000, run: string = randomUUID().slice(0, 8)): ChangeFeed {
  const kept: FedEvent[] = [];
  const hears = new Set<(event: FedEvent) => void>();
  let count = 0;
  const idOf = (n: number): string => `${run}-${n}`;
  return {
    publish(event) {
      count += 1;
      const fed = { id: idOf(count), event };
      kept.push(fed);
      if (kept.length > limit) kept.shift();
      for (const hear of hears) hear(fed);
    },
    since(lastEventId) {
      const n = lastEventId.startsWith(`${run}-`) ? Number(lastEventId.slice(run.length + 1)) : Number.NaN;
      const first = count - kept.length;
      if (!Number.isInteger(n) || n < first || n > count) return null;
      return kept.slice(n - first);
    },
    latestId: () => idOf(count),
    follow(hear) {
      hears.add(hear);
      return () => hears.delete(hear);
    },
    get followers() {
      return hears.size;
    },
  };
}
