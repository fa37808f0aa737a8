import type { EscalationLevel, Plan, Role } from '@tocsin/runbook';
import { sameMeaning } from './same-meaning.ts';
import type { Team } from './team/team.ts';

/** A level of the document, and the entry of `onCall` that fills it; null: none does. */
export interface LevelKey {
  readonly level: number;
  readonly target: string;
  readonly key: string | null;
}

/** The levels of the document, each with the entry of the team that fills it. */
export function levelKeys(team: Team, plan: Plan): readonly LevelKey[] {
  if (plan.escalation.length === 0) return levelsWithoutMatrix(team, plan);
  return plan.escalation.map((level, index) => ({
    level: index + 1,
    target: level.target,
    key: levelKey(team, level, { role: rolesOfLevels(plan)[index], number: String(index + 1) }),
  }));
}

/** The entry that fills a role: its own, else that of the level which the document gives it. */
export function roleKey(team: Team, plan: Plan, role: Role): string | null {
  const own = ownKey(team, role);
  if (own !== null) return own;
  const number = String(levelOfRole(plan, role) ?? '');
  return team.onCall[number] === undefined ? null : number;
}

/** Number of the level that is a role's; null for one that no level names. */
export function levelOfRole(plan: Plan, role: Role): number | null {
  const index = rolesOfLevels(plan).indexOf(role);
  return index < 0 ? null : index + 1;
}

/** Entries of `onCall` that fill no level and no role of the document: whom they name is never called by them. */
export function unusedKeys(team: Team, plan: Plan): readonly string[] {
  const used = new Set([
    ...levelKeys(team, plan).map((one) => one.key),
    ...plan.roles.map((role) => ownKey(team, role)),
  ]);
  return Object.keys(team.onCall).filter((key) => !used.has(key));
}

/** A document without a matrix still has somebody to wake: the numbered levels of the configuration, else its first roles. */
function levelsWithoutMatrix(team: Team, plan: Plan): LevelKey[] {
  const numbered = Object.keys(team.onCall)
    .filter((key) => /^\d+$/.test(key))
    .toSorted((a, b) => Number(a) - Number(b));
  const keys = numbered.length > 0 ? numbered : Object.keys(team.onCall);
  return keys.map((key, index) => ({
    level: index + 1,
    target: plan.roles.find((role) => ownKey(team, role) === key)?.name ?? key,
    key,
  }));
}

function levelKey(
  team: Team,
  level: EscalationLevel,
  { role, number }: { readonly role: Role | undefined; readonly number: string },
): string | null {
  if (team.onCall[number] !== undefined) return number;
  const byRole = role === undefined ? null : ownKey(team, role);
  return byRole ?? Object.keys(team.onCall).find((key) => sameMeaning(key, level.target)) ?? null;
}

/** Every decision asks, and a plan never changes: it is found once a plan. */
const found = new WeakMap<Plan, readonly (Role | undefined)[]>();

/** The role that the document gives each level. */
function rolesOfLevels(plan: Plan): readonly (Role | undefined)[] {
  const known = found.get(plan);
  if (known !== undefined) return known;
  const roles = plan.escalation.map(
    ({ roleId, target }) =>
      plan.roles.find((one) => one.id === roleId) ??
      plan.roles.find((one) => sameMeaning(one.name, target) || sameMeaning(one.id, target)),
  );
  found.set(plan, roles);
  return roles;
}

function ownKey(team: Team, role: Role): string | null {
  if (team.onCall[role.id] !== undefined) return role.id;
  return (
    Object.keys(team.onCall).find((key) => sameMeaning(key, role.name) || sameMeaning(key, role.id)) ?? null
  );
}
