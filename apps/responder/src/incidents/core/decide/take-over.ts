import { refuseUnless } from '../rules/allow.ts';
import { isFollowed } from '../rules/active.ts';
import { pageRaised } from '../rules/follow-severity.ts';
import { isWorse, worse } from '../rules/severity-rank.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { Decider } from './decider.ts';

/** The other half of `merge`: the harm of both is counted here, from the earlier start on, at the worse severity. */
export const takeOver: Decider<'take-over'> = (draft, { from, reason }) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const { id, number, title, impactStartAt, impactStartMethod, lastHarmAt } = from;
  draft.add({
    type: 'took-over',
    from: { id, number },
    title,
    impactStartAt,
    impactStartMethod,
    lastHarmAt,
    ...(from.affectedTenants === undefined ? {} : { affectedTenants: from.affectedTenants }),
    followed: isFollowed(from),
    by: input.actor,
    reason: reason.trim(),
  });
  takeSeverity(draft, from);
  return draft.done(`#${number} is the same outage: ${reason.trim()}`);
};

function takeSeverity(draft: Draft, from: Incident): void {
  const { incident, input } = draft;
  if (from.status === 'stable' || !isWorse(input.plan, from.severity, incident.severity)) return;
  draft.add({
    type: 'severity-changed',
    severity: from.severity,
    reason: `as #${from.number}, which is the same outage: ${from.severityReason}`,
    floor: incident.severityFloor,
    worst: worse(input.plan, from.severity, incident.worstSeverity),
  });
  pageRaised(draft);
}
