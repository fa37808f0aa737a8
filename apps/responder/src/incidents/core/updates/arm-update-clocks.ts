import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { Timer } from '../input.ts';
import { nextUpdate } from './next-update.ts';
import { type UpdateClock, updateClocks } from './update-clocks.ts';

/** Sets the timers of every clock whose next instant is another than before; those of the old one find that out when they strike. */
export function armUpdateClocks(draft: Draft, before: Incident | null): void {
  for (const clock of updateClocks(draft.input.plan)) {
    const dueAt = nextUpdate(draft.incident, clock);
    if (dueAt === null || (before !== null && nextUpdate(before, clock) === dueAt)) continue;
    armUpdateClock(draft, clock, dueAt);
  }
}

/** Sets the reminder of an instant, and the timer that finds it missed. */
export function armUpdateClock(draft: Draft, clock: UpdateClock, dueAt: number): void {
  const set = (word: string, at: number): void => {
    const timer: Timer = { kind: 'update', dueAt: at, key: `${word}:${clock.audience}` };
    draft.order({ kind: 'set-timer', timer });
  };
  set('remind', dueAt - clock.leadMs);
  set('missed', dueAt + clock.graceMs);
}
