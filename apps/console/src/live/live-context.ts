import type { Liveness } from '@tocsin/contract';
import { createContext, useContext } from 'react';

export type LiveState = Liveness | { readonly state: 'connecting'; readonly since: number };

export const LiveContext = createContext<LiveState>({ state: 'connecting', since: 0 });

/** Whether what is on the screen is fresh. */
export function useLive(): LiveState {
  return useContext(LiveContext);
}
