import type { SeverityId } from '#detection';
import type { Decision } from '../decision.ts';
import { refuse, type Draft } from '../draft.ts';
import { refuseUnless } from '../rules/allow.ts';
import { openIncident } from '../rules/open-incident.ts';
import { isWorse, worse } from '../rules/severity-rank.ts';
import type { Decider } from './decider.ts';
import { setSeverity } from './set-severity.ts';

/** A person says that this is an outage: it opens at their severity, then it is measured; with one open, the report joins it. */
export const declare: Decider<'declare'> = (draft, body) => {
  const { input } = draft;
  const { person, plan } = input;
  if (person === null || person.role === 'viewer')
    return refuse('not-allowed', 'declaring an incident needs a person with the role responder or more');
  if (person.drill && body.drill === null)
    return refuse('not-allowed', `${person.name} is played by drills and cannot declare a real incident`);
  if (!plan.severities.some((one) => one.id === body.severity))
    return refuse(
      'invalid',
      `severity "${body.severity}": expected one of ${plan.severities.map((one) => one.id).join(', ')}`,
    );
  const text = body.text.trim();
  if (text === '') return refuse('invalid', 'text is empty; expected a sentence that says what is wrong');
  if (!draft.isNew) return join(draft, body.severity, text);
  const severity = worse(plan, body.severity, body.assessment.severity);
  const reason = `declared by ${person.name}: ${text}`;
  openIncident(draft, { ...body, severity, title: text, reason });
  draft.add({ type: 'severity-changed', severity, reason, floor: body.severity, worst: severity });
  return draft.done(reason);
};

/** A report about a service whose outage is known: kept as a note; a worse severity is a person's word and is taken. */
function join(draft: Draft, severity: SeverityId, text: string): Decision {
  const { incident, input } = draft;
  const refused = refuseUnless('responder', incident, input);
  if (refused !== null) return { refused };
  draft.add({ type: 'noted', by: input.actor, text: `reported as ${severity}: ${text}` });
  if (!isWorse(input.plan, severity, incident.severity)) return draft.done('joins the open incident');
  return setSeverity(draft, { kind: 'set-severity', severity, reason: text });
}
