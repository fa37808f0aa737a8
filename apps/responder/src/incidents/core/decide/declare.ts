import { refuse } from '../draft.ts';
import { openIncident } from '../rules/open-incident.ts';
import { worse } from '../rules/severity-rank.ts';
import type { Decider } from './decider.ts';

/** A person says that this is an outage: it opens at their severity, then it is measured. */
export const declare: Decider<'declare'> = (draft, body) => {
  const { input } = draft;
  const { person, plan } = input;
  if (person === null || person.role === 'viewer')
    return refuse('not-allowed', 'declaring an incident needs a person with the role responder or more');
  if (person.drill && body.drill === null)
    return refuse('not-allowed', `${person.name} is played by drills and cannot declare a real incident`);
  if (!draft.isNew)
    return refuse(
      'conflict',
      `incident #${draft.incident.number} is already open for this service; add a note there`,
    );
  if (!plan.severities.some((one) => one.id === body.severity))
    return refuse(
      'invalid',
      `severity "${body.severity}": expected one of ${plan.severities.map((one) => one.id).join(', ')}`,
    );
  const text = body.text.trim();
  if (text === '') return refuse('invalid', 'text is empty; expected a sentence that says what is wrong');
  const severity = worse(plan, body.severity, body.assessment.severity);
  const reason = `declared by ${person.name}: ${text}`;
  openIncident(draft, { ...body, severity, title: text, reason });
  draft.add({ type: 'severity-changed', severity, reason, floor: body.severity, worst: severity });
  return draft.done(reason);
};
