import type { EscalationLevel, Plan, Role } from '@tocsin/runbook';
import type { OnCallView, Person } from './on-call-view.ts';
import { sameMeaning } from './same-meaning.ts';
import type { Team } from './team.ts';

/**
 * Who fills the document's escalation levels and roles at `at` (epoch milliseconds; there are no rotations yet, so the
 * answer is the same at all times). An explicit level number of the configuration wins, then the role that the document
 * gives the level, then a role of the same meaning ("Primary on-call engineer": `primary-on-call`).
 */
export function whoIsOnCall(team: Team, plan: Plan, _at: number): OnCallView {
  const levels = plan.escalation.map((level, index) => ({
    level: index + 1,
    target: level.target,
    persons: personsOf(team, levelKey(team, plan, { level, number: index + 1 })),
  }));
  return {
    levels: levels.length > 0 ? levels : levelsWithoutMatrix(team, plan),
    roles: Object.fromEntries(plan.roles.map((role) => [role.id, personsOf(team, roleKey(team, role))])),
  };
}

/** A document without a matrix still has somebody to wake: the numbered levels of the configuration, else its first roles. */
function levelsWithoutMatrix(team: Team, plan: Plan): OnCallView['levels'] {
  const numbered = Object.keys(team.onCall)
    .filter((key) => /^\d+$/.test(key))
    .toSorted((a, b) => Number(a) - Number(b));
  const keys = numbered.length > 0 ? numbered : Object.keys(team.onCall);
  return keys.map((key, index) => ({
    level: index + 1,
    target: plan.roles.find((role) => roleKey(team, role) === key)?.name ?? key,
    persons: personsOf(team, key),
  }));
}

function levelKey(
  team: Team,
  plan: Plan,
  { level, number }: { readonly level: EscalationLevel; readonly number: number },
): string | null {
  if (team.onCall[String(number)] !== undefined) return String(number);
  const role =
    plan.roles.find((one) => one.id === level.roleId) ??
    plan.roles.find((one) => sameMeaning(one.name, level.target) || sameMeaning(one.id, level.target));
  const byRole = role === undefined ? null : roleKey(team, role);
  return byRole ?? Object.keys(team.onCall).find((key) => sameMeaning(key, level.target)) ?? null;
}

function roleKey(team: Team, role: Role): string | null {
  if (team.onCall[role.id] !== undefined) return role.id;
  return (
    Object.keys(team.onCall).find((key) => sameMeaning(key, role.name) || sameMeaning(key, role.id)) ?? null
  );
}

function personsOf(team: Team, key: string | null): readonly Person[] {
  const ids = key === null ? [] : (team.onCall[key] ?? []);
  return ids.flatMap((id) => team.people.filter((person) => person.id === id));
}
