import type { Role } from '@tocsin/runbook';
import type { Person } from '#oncall';
import type { Draft } from '../draft.ts';
import { inCharge } from './in-charge.ts';
import { drillLine, subjectOf } from './page-text.ts';
import { canBeReached } from './who-to-wake.ts';

/**
 * Says, once an incident, that the document's role is called for and nobody can be woken for it: on the timeline, and to whoever
 * answers for the incident. It wakes nobody in its place: those of the levels know of the outage, and have their own clocks.
 */
export function tellUnfilledRole(draft: Draft, role: Role, why: string): void {
  const { incident, input } = draft;
  if (incident.unfilledRoles?.includes(role.id) === true) return;
  const persons = input.onCall.roles[role.id] ?? [];
  const gap = input.onCall.roleGaps?.[role.id];
  const nobody =
    persons.length === 0
      ? `nobody fills it${gap === undefined ? '' : ` (${gap})`}`
      : `${persons.map((one) => one.name).join(', ')} cannot be reached`;
  const text = `${role.name} is called for (${why}), but ${nobody}; assign somebody by name`;
  draft.add({ type: 'noted', by: { kind: 'system', id: 'core' }, text, unfilledRole: role.id });
  const person = whoAnswers(draft);
  if (person === undefined || incident.snoozedUntil !== null) return;
  draft.order({
    kind: 'nudge',
    id: `${incident.id}-role-${role.id}`,
    person: person.id,
    subject: subjectOf(incident, `${role.name} is called for, and nobody can be woken: ${incident.title}`),
    text: [
      `${text}.`,
      'Why you: you answer for the incident. This informs you; nobody else is called for it.',
      ...drillLine(incident),
    ].join('\n'),
  });
}

/** Of those who are on call now: who is in charge. */
function whoAnswers({ incident, input }: Draft): Person | undefined {
  const { levels, roles } = input.onCall;
  const people = [...levels.flatMap((one) => one.persons), ...Object.values(roles).flat()];
  return inCharge(incident)
    .flatMap((id) => people.find((one) => one.id === id) ?? [])
    .find((one) => canBeReached(one, new Set()));
}
