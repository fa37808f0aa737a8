import type { Incident, Incidents } from '#incidents';
import type { Person } from '#oncall';
import type { Answered } from '../../acknowledge/acknowledge-for.ts';
import { actFor } from '../../acknowledge/act-for.ts';

/** A person's yes to exactly what the button showed; whether they may, and what still misses, is the core's word. */
export function approveFor(
  incidents: Pick<Incidents, 'apply'>,
  incident: Incident,
  { person, step, hash }: { readonly person: Person; readonly step: string; readonly hash: string },
): Promise<Answered> {
  return actFor(incidents, incident, {
    person,
    body: { kind: 'approve', stepId: step, bindingHash: hash, via: 'in Slack' },
    say: (after) => sayApproved(after, step, person),
  });
}

function sayApproved({ number, steps }: Incident, stepId: string, person: Person): string {
  const step = steps.find((one) => one.id === stepId);
  const what = `#${number}: "${step?.label ?? stepId}" is approved by ${person.name}`;
  if (step?.status === 'proposed')
    return `${what}; it needs ${step.approvalsNeeded} different people, ${step.approvals.length} so far.`;
  return step?.readyAt === null ? `${what}; it waits for its turn.` : `${what}; it runs now.`;
}
