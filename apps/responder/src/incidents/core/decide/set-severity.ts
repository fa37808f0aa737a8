import { refuse, type Draft } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { pageRaised } from '../rules/follow-severity.ts';
import { isWorse, worse } from '../rules/severity-rank.ts';
import type { Decider } from './decider.ts';

/** A person's override: at least this severe. What is measured as worse stays worse. */
export const setSeverity: Decider<'set-severity'> = (draft, body) => {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  const known = input.plan.severities.map((one) => one.id);
  if (!known.includes(body.severity))
    return refuse('invalid', `severity "${body.severity}": expected one of ${known.join(', ')}`);
  if (body.reason.trim() === '')
    return refuse('invalid', 'reason is empty; expected why the severity is set');
  const severity = worse(input.plan, body.severity, incident.assessment.severity);
  const who = input.person?.name ?? input.actor.id;
  const measured =
    severity === body.severity ? '' : `; measured as ${severity}: ${incident.assessment.reason}`;
  const reason = `set to at least ${body.severity} by ${who}: ${body.reason.trim()}${measured}`;
  const worst = worse(input.plan, severity, incident.worstSeverity);
  const raised = isWorse(input.plan, severity, incident.severity);
  draft.add({ type: 'severity-changed', severity, reason, floor: body.severity, worst });
  if (raised) wakeForIt(draft);
  return draft.done(reason);
};

/** As for a measured rise; but whoever would be woken first, and says so, is awake. */
function wakeForIt(draft: Draft): void {
  const { onCall, actor } = draft.input;
  const [first] = onCall.levels[0]?.persons ?? [];
  if (draft.incident.status === 'open' && first?.id !== actor.id) pageRaised(draft);
}
