import type { EscalationLevel, Plan, Role } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import { type Filled, fillersAt } from './fillers-at.ts';
import type { OnCallLevel, OnCallView } from './on-call-view.ts';
import { sameMeaning } from './same-meaning.ts';
import type { Team } from './team/team.ts';

/**
 * Who fills the document's escalation levels and roles at `at` (epoch milliseconds). An explicit level number of the team
 * wins, then the role that the document gives the level, then a role of the same meaning ("Primary on-call engineer":
 * `primary-on-call`). A schedule stands for who is on call by it at that instant.
 */
export function whoIsOnCall(team: Team, plan: Plan, at: EpochMs): OnCallView {
  const levels = levelKeys(team, plan).map(({ key, ...level }) => ({
    level,
    filled: fillersOf(team, key, at),
  }));
  const roles = plan.roles.map((role) => ({ role, filled: fillersOf(team, roleKey(team, role), at) }));
  const away = [...levels, ...roles].flatMap((one) => one.filled.away);
  return {
    levels: levels.map(({ level, filled }) => ({
      ...levelView(level, filled),
      ...outside(team, level.level),
    })),
    roles: Object.fromEntries(roles.map(({ role, filled }) => [role.id, filled.persons])),
    ...(away.length === 0 ? {} : { away }),
    ...(team.approvals === undefined ? {} : { approvals: team.approvals }),
  };
}

function levelView(level: Pick<OnCallLevel, 'level' | 'target'>, filled: Filled): OnCallLevel {
  const { persons, gaps, because } = filled;
  return {
    ...level,
    persons,
    ...(gaps.length === 0 ? {} : { gap: gaps.join('; ') }),
    ...(Object.keys(because).length === 0 ? {} : { because }),
  };
}

function outside({ external = [] }: Team, level: number): Pick<OnCallLevel, 'external'> {
  const called = external.filter((one) => one.level === level);
  return called.length === 0 ? {} : { external: called };
}

/** The levels of the document, each with the entry of the team that fills it. */
function levelKeys(team: Team, plan: Plan): { level: number; target: string; key: string | null }[] {
  if (plan.escalation.length === 0) return levelsWithoutMatrix(team, plan);
  return plan.escalation.map((level, index) => ({
    level: index + 1,
    target: level.target,
    key: levelKey(team, plan, { level, number: index + 1 }),
  }));
}

/** A document without a matrix still has somebody to wake: the numbered levels of the configuration, else its first roles. */
function levelsWithoutMatrix(team: Team, plan: Plan): ReturnType<typeof levelKeys> {
  const numbered = Object.keys(team.onCall)
    .filter((key) => /^\d+$/.test(key))
    .toSorted((a, b) => Number(a) - Number(b));
  const keys = numbered.length > 0 ? numbered : Object.keys(team.onCall);
  return keys.map((key, index) => ({
    level: index + 1,
    target: plan.roles.find((role) => roleKey(team, role) === key)?.name ?? key,
    key,
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

function fillersOf(team: Team, key: string | null, at: EpochMs): Filled {
  return fillersAt(team, key === null ? [] : (team.onCall[key] ?? []), at);
}
