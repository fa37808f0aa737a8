import type { Plan, Role } from '@tocsin/runbook';
import type { Assessment } from '#detection';
import type { Diagnosis } from '#diagnosis';
import type { Draft } from '../draft.ts';
import { unreachablePeople } from './page-channels.ts';
import { sendPage } from './page-level.ts';
import { tellUnfilledRole } from './tell-unfilled-role.ts';
import { canBeReached } from './who-to-wake.ts';

/** Names under which databases run. */
const database = /postgres|mysql|maria|mongo|sql|database|\bdb\b/i;
/** What documents call these roles, in English, German, French and Spanish, without accents. */
const databaseRole = /\bdba?\b|database|datenbank|bases? de donnees|bases? de datos/i;
const securityRole = /security|sicherheit|securite|seguridad/i;

/** Wakes the document's role for what is diagnosed, once an incident, unless that person has been woken already; says so where nobody fills it. */
export function pageRoleFor(draft: Draft, diagnosis: Diagnosis): void {
  const role = roleFor(draft.input.plan, diagnosis);
  if (role !== null) pageRole(draft, role, `${diagnosis.id} ${diagnosis.subject}`);
}

/** Wakes the security engineer for what puts data or access at risk, and the database administrator for the former. */
export function pageRolesForFlag(draft: Draft, { restricted, reason }: Assessment): void {
  if (restricted === undefined) return;
  const wanted = restricted === 'integrity' ? [securityRole, databaseRole] : [securityRole];
  for (const words of wanted) {
    const role = roleNamed(draft.input.plan, words);
    if (role !== null) pageRole(draft, role, reason);
  }
}

function pageRole(draft: Draft, role: Role, why: string): void {
  const { incident, input } = draft;
  if (incident.pages.some((page) => page.level === role.name)) return;
  const unreachable = unreachablePeople(incident);
  const persons = (input.onCall.roles[role.id] ?? []).filter((one) => canBeReached(one, unreachable));
  const [person] = persons;
  if (person === undefined) {
    tellUnfilledRole(draft, role, why);
    return;
  }
  if (incident.pages.some((page) => page.person === person.id)) return;
  const note = `${role.name}: ${why}`;
  sendPage(draft, { person, level: 1, note, role: role.name }, 'role-needed');
}

function roleFor(plan: Plan, { id, subject }: Diagnosis): Role | null {
  const isDatabase =
    id === 'database-connection-exhaustion' || (id === 'dependency-down' && database.test(subject));
  if (!isDatabase) return null;
  return roleNamed(plan, databaseRole);
}

function roleNamed(plan: Plan, words: RegExp): Role | null {
  return plan.roles.find((role) => words.test(withoutAccents(`${role.name} ${role.title}`))) ?? null;
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '');
}
