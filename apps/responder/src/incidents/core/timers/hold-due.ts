import type { Decision } from '../decision.ts';
import { nothing, type Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { Timer } from '../input.ts';
import { lateWatchMs, stabilityHold } from '../rules/durations.ts';

/** The stability watch has passed, unless harm has come back or the watch was started anew. */
export function holdDue(draft: Draft, timer: Timer): Decision {
  const { incident, input } = draft;
  const isByWord = isHeldByWord(incident);
  if (incident.status !== 'verified' && !isByWord) return nothing(`the incident is ${incident.status}`);
  if (incident.holdUntil !== timer.dueAt) return nothing('the stability watch was started anew since');
  if (isByWord) {
    draft.add({ type: 'stable' });
    return draft.done('nobody has said that it came back');
  }
  const lateMs = input.at - timer.dueAt;
  if (lateMs > lateWatchMs) return watchAgain(draft, lateMs);
  draft.add({ type: 'stable' });
  return draft.done('no harm during the stability watch');
}

/** A person's word ended it, and nothing measures whether it comes back. */
function isHeldByWord({ status, mitigatedBy, detached }: Incident): boolean {
  return status === 'mitigated' && mitigatedBy === 'person' && detached;
}

/** Nobody watched while the responder was down: that time is watched again, at most the whole hold. */
function watchAgain(draft: Draft, lateMs: number): Decision {
  const { incident, input } = draft;
  const { holdMs } = stabilityHold(input.plan, incident.drill?.holdMs ?? null);
  const moreMs = Math.min(lateMs, holdMs);
  const holdUntil = input.at + moreMs;
  const because = `the responder was not watching when the stability watch should have ended; watched for ${Math.round(moreMs / 1000)} s more`;
  draft.add({ type: 'verified', because, holdUntil });
  draft.order({ kind: 'set-timer', timer: { kind: 'hold', dueAt: holdUntil, key: 'hold' } });
  return draft.done(because);
}
