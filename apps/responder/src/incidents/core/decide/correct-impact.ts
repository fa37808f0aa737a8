import { refuse } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { minuteMs } from '../rules/durations.ts';
import type { Decider } from './decider.ts';

/** A start before that is a slip of the pen. */
const longestUnseenMs = 30 * 24 * 60 * minuteMs;

/** A person's word on when clients were harmed: for the review and the status page. What was measured stays on record. */
export const correctImpact: Decider<'correct-impact'> = (draft, { startAt, endAt, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  if (reason.trim() === '') return refuse('invalid', 'reason is empty; expected why it is corrected');
  const lastAt = endAt ?? input.at;
  if (startAt > lastAt || lastAt > input.at)
    return refuse('invalid', 'impact: expected a start before its end, and both to have passed');
  if (startAt < incident.detectedAt - longestUnseenMs)
    return refuse('invalid', 'impact: expected a start at most 30 days before detection');
  draft.add({ type: 'impact-corrected', startAt, endAt, by: input.actor, reason: reason.trim() });
  return draft.done('corrected by a person');
};
