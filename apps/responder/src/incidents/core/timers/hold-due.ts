import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Timer } from '../input.ts';

/** The stability watch has passed, unless harm has come back or the watch was started anew. */
export function holdDue(draft: Draft, timer: Timer): Decision {
  const { incident } = draft;
  if (incident.status !== 'verified') return nothing(`the incident is ${incident.status}`);
  if (incident.holdUntil !== timer.dueAt) return nothing('the stability watch was started anew since');
  draft.add({ type: 'stable' });
  return draft.done('no harm during the stability watch');
}
