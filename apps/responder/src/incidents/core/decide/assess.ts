import type { Plan } from '@tocsin/runbook';
import type { Assessment, SeverityId } from '#detection';
import { nothing, refuse } from '../draft.ts';
import type { Incident } from '../incident.ts';
import { refuseUnlessSystem } from '../rules/allow.ts';
import { followHarm } from '../rules/follow-harm.ts';
import { followHeartbeats } from '../rules/follow-heartbeats.ts';
import { followSeverity } from '../rules/follow-severity.ts';
import { giveTurn } from '../rules/step-turn.ts';
import { isMaterial } from '../rules/material-change.ts';
import { openIncident } from '../rules/open-incident.ts';
import { pageRolesForFlag } from '../rules/page-role.ts';
import type { Decider } from './decider.ts';

/** Opens an incident when an outage is confirmed, and follows the facts of an open one. */
export const assess: Decider<'assess'> = (draft, body) => {
  const refused = refuseUnlessSystem(draft.input);
  if (refused !== null) return { refused };
  const { assessment } = body;
  if (draft.isNew) {
    if (assessment.verdict !== 'confirmed')
      return nothing(`${assessment.verdict}: no incident opens unless an outage is confirmed`);
    const shown = shownSeverity(assessment, draft.input.plan);
    if (shown === null)
      return refuse('invalid', 'assessment: confirmed without a severity; expected one of the plan');
    openIncident(draft, { ...body, ...shown, title: titleOf(assessment.reason) });
    pageRolesForFlag(draft, assessment);
    return draft.done(`confirmed by source classes ${assessment.confirmedBy.join(' and ')}`);
  }
  const { status } = draft.incident;
  if (status === 'resolved' || status === 'stable') return nothing(`the incident is ${status}`);
  const { assessment: before } = draft.incident;
  if (isMaterial(before, assessment) || confirmsAnew(draft.incident, assessment))
    draft.add({ type: 'assessed', assessment });
  followHeartbeats(draft, before);
  followSeverity(draft, assessment);
  followHarm(draft, assessment);
  pageRolesForFlag(draft, assessment);
  giveTurn(draft);
  return draft.done(assessment.reason);
};

/** What a person opened again may be measured just as it was last. */
function confirmsAnew({ confirmedAt }: Incident, { verdict }: Assessment): boolean {
  return confirmedAt === null && verdict === 'confirmed';
}

/** Blind, no severity can be claimed: the document's least is shown, and said to be no judgment. Null: a defect of the caller. */
function shownSeverity(
  { severity, reason, blind }: Assessment,
  plan: Plan,
): { readonly severity: SeverityId; readonly reason: string } | null {
  if (severity !== null) return { severity, reason };
  const least = plan.severities.at(-1)?.id;
  if (blind !== true || least === undefined) return null;
  return {
    severity: least,
    reason: `blind: cannot judge, so no severity is claimed (${least} only stands for that); ${reason}`,
  };
}

/** What one says first: the reason up to its first semicolon. */
function titleOf(reason: string): string {
  return reason.split(';')[0] ?? reason;
}
