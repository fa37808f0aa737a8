import { type Draft, nothing, refuse } from '../draft.ts';
import { refuseUnless, refuseUnlessOpen } from '../rules/allow.ts';
import { askForExternal } from '../rules/ask-for-external.ts';
import { minuteMs } from '../rules/durations.ts';
import { pageLevel } from '../rules/page-level.ts';
import type { Decider } from './decider.ts';

/**
 * Whoever answers a message, and names no level, means the next of when they read it: what was called within a minute before is that one,
 * whether by the same answer sent twice, by somebody else or by its time. Whom that very call has woken means the next above.
 */
function whatWasMeant({ incident, input }: Draft, via?: string): number {
  const { escalationLevel, escalatedAt = 0, activeSince = 0, pages } = incident;
  const reached = Math.max(1, escalationLevel);
  const isNew = escalatedAt > activeSince && input.at - escalatedAt < minuteMs;
  if (via === undefined || !isNew) return reached + 1;
  const isWokenByIt = pages.some(({ at, person }) => at >= escalatedAt && person === input.actor.id);
  return isWokenByIt ? reached + 1 : reached;
}

/** A person calls the next level of the escalation matrix ahead of its time. Whoever asks for a level that was called already wakes nobody again. */
export const escalate: Decider<'escalate'> = (draft, { to, via }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input) ?? refuseUnlessOpen(incident, 'calls people');
  if (refused !== null) return { refused };
  const reached = Math.max(1, incident.escalationLevel);
  const level = to ?? whatWasMeant(draft, via);
  if (level <= reached) return nothing(`level ${level} has been called already`);
  const next = input.plan.escalation[reached];
  if (next === undefined) return refuse('conflict', `every level of the escalation matrix has been called`);
  if (level > reached + 1)
    return refuse('conflict', `level ${level} is not the next; expected level ${reached + 1}`);
  const note = `called by ${input.person?.name ?? input.actor.id}${via === undefined ? '' : ` ${via}`}`;
  draft.add({ type: 'escalated', level, target: next.target, note });
  pageLevel(draft, level, 'called');
  askForExternal(draft, level);
  return draft.done(`level ${level}, ${next.target}, ${note}`);
};
