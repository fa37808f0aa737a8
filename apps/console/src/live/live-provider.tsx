import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { client } from '../client.ts';
import { followChanges } from './follow-changes.ts';
import { LiveContext, type LiveState } from './live-context.ts';

/** Follows the responder's stream for as long as somebody is signed in. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const cache = useQueryClient();
  const [live, setLive] = useState<LiveState>(() => ({ state: 'connecting', since: Date.now() }));
  useEffect(() => {
    const stop = new AbortController();
    const changes = followChanges(cache);
    void client.watch({
      onEvent: changes.hear,
      onLiveness: setLive,
      onRefused: () => void cache.invalidateQueries({ queryKey: ['me'] }),
      signal: stop.signal,
    });
    return () => {
      stop.abort();
      changes.stop();
    };
  }, [cache]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
