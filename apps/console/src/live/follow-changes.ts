import type { QueryClient } from '@tanstack/react-query';
import type { StreamEvent } from '@tocsin/contract';
import { learnServerTime } from '../time/server-clock.ts';

const gatherMs = 200;

/** Puts what the stream tells into the cache; many changes in a moment cause one read. */
export function followChanges(cache: QueryClient): { hear(event: StreamEvent): void; stop(): void } {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function refresh(): void {
    timer = undefined;
    for (const id of changed) {
      void cache.invalidateQueries({ queryKey: ['incident', id] });
      void cache.invalidateQueries({ queryKey: ['timeline', id] });
      void cache.invalidateQueries({ queryKey: ['updates', id] });
      void cache.invalidateQueries({ queryKey: ['review', id] });
    }
    changed.clear();
    void cache.invalidateQueries({ queryKey: ['incidents'] });
    void cache.invalidateQueries({ queryKey: ['inbox'] });
  }

  function hear(event: StreamEvent): void {
    switch (event.name) {
      case 'incident-changed':
        changed.add(event.data.id);
        timer ??= setTimeout(refresh, gatherMs);
        return;
      case 'status':
        learnServerTime(event.data.at);
        cache.setQueryData(['status'], event.data);
        return;
      case 'runbook-changed':
        void cache.invalidateQueries({ queryKey: ['runbook'] });
        void cache.invalidateQueries({ queryKey: ['status'] });
        return;
      case 'team-changed':
        void cache.invalidateQueries({ queryKey: ['on-call'] });
        return;
      case 'heartbeat':
        return;
      case 'resync':
        void cache.invalidateQueries();
        return;
      default:
        event satisfies never;
    }
  }

  return { hear, stop: () => clearTimeout(timer) };
}
