import type { Plan, Role } from '@tocsin/runbook';
import type { Diagnosis } from '#diagnosis';
import type { Draft } from '../draft.ts';
import { unreachablePeople } from './page-channels.ts';
import { sendPage } from './page-level.ts';
import { canBeReached } from './who-to-wake.ts';

/** Names under which databases run. */
const database = /postgres|mysql|maria|mongo|sql|database|\bdb\b/i;
const databaseRole = /\bdba\b|database/i;

/** Wakes the document's role for what is diagnosed, once an incident, unless that person has been woken already. */
export function pageRoleFor(draft: Draft, diagnosis: Diagnosis): void {
  const { incident, input } = draft;
  const role = roleFor(input.plan, diagnosis);
  if (role === null || incident.pages.some((page) => page.level === role.name)) return;
  const unreachable = unreachablePeople(incident);
  const persons = (input.onCall.roles[role.id] ?? []).filter((one) => canBeReached(one, unreachable));
  const [person] = persons;
  if (person === undefined || incident.pages.some((page) => page.person === person.id)) return;
  const note = `${role.name}: ${diagnosis.id} ${diagnosis.subject}`;
  sendPage(draft, { person, level: 1, note, role: role.name }, 'role-needed');
}

function roleFor(plan: Plan, { id, subject }: Diagnosis): Role | null {
  const isDatabase =
    id === 'database-connection-exhaustion' || (id === 'dependency-down' && database.test(subject));
  if (!isDatabase) return null;
  return plan.roles.find((role) => databaseRole.test(`${role.name} ${role.title}`)) ?? null;
}
