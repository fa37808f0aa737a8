import { type PageSnapshot, pageSnapshot } from '@tocsin/contract';
import { z } from 'zod';
import type { Staleness } from '../site.ts';

/** The newest snapshot that is known, and until when the responder is known to have stood by it. */
export interface HeldSnapshot {
  readonly snapshot: PageSnapshot;
  /** Epoch milliseconds of this machine. */
  readonly confirmedAt: number;
}

const held = z.object({ snapshot: pageSnapshot, confirmedAt: z.number() });

/** Three minutes of three looks missed: the responder writes once a minute that a snapshot still holds. */
const staleAfterMs = 3 * 60_000;

/** Since when nobody has confirmed it; null while that is no news. */
export function stalenessOf(
  { confirmedAt }: Pick<HeldSnapshot, 'confirmedAt'>,
  now: number,
): Staleness | null {
  const forMs = now - confirmedAt;
  if (forMs < staleAfterMs) return null;
  return { since: new Date(confirmedAt).toISOString(), minutes: Math.floor(forMs / 60_000) };
}

/** As it was kept for a start without a database; null when it is none. */
export function parseHeld(text: string): HeldSnapshot | null {
  try {
    return held.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
