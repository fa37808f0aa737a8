import { setTimeout as pause } from 'node:timers/promises';
import type { Check } from '#incidents';
import { readLiveView } from '../live-view.ts';
import type { Change } from '../prepare/change.ts';
import type { StepsRoom } from '../steps-room.ts';
import { holds, postCheck, type Before } from './post-check.ts';

/** What is looked for, and until when. */
export interface Watching {
  readonly change: Change;
  readonly before: Before;
  /** Milliseconds; at least one look is taken. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Looks at the cluster until the change shows, the limit passes or it is cancelled; answers the last look. */
export async function watchPostCheck(
  room: StepsRoom,
  { change, before, limitMs, signal }: Watching,
): Promise<readonly Check[]> {
  const until = performance.now() + limitMs;
  for (;;) {
    const checks = await look(room, change, before, signal);
    if (checks.length === 0 || holds(checks) || performance.now() >= until || signal.aborted) return checks;
    await pause(room.pollMs, undefined, { signal }).catch(() => undefined);
  }
}

async function look(
  room: StepsRoom,
  change: Change,
  before: Before,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  if (change.kind === 'other') return [];
  try {
    return postCheck(change, await readLiveView(room, change, signal), before);
  } catch (error) {
    return [
      { name: 'live-read-works', ok: false, text: `the cluster cannot be read: ${(error as Error).message}` },
    ];
  }
}
