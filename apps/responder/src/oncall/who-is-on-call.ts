import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import { type Filled, fillersAt } from './fillers-at.ts';
import { levelKeys, roleKey } from './keys-of-plan.ts';
import type { OnCallLevel, OnCallView } from './on-call-view.ts';
import type { Team } from './team/team.ts';

/**
 * Who fills the document's escalation levels and roles at `at` (epoch milliseconds). An explicit level number of the team
 * wins, then the role that the document gives the level, then a role of the same meaning ("Primary on-call engineer":
 * `primary-on-call`); a role without an entry of its own is filled by the level that is its. A schedule stands for who is on call by it
 * at that instant.
 */
export function whoIsOnCall(team: Team, plan: Plan, at: EpochMs): OnCallView {
  const levels = levelKeys(team, plan).map(({ key, ...level }) => ({
    level,
    filled: fillersOf(team, key, at),
  }));
  const roles = plan.roles.map((role) => ({ role, filled: fillersOf(team, roleKey(team, plan, role), at) }));
  const all = [...levels, ...roles];
  const away = all.flatMap((one) => one.filled.away);
  const unread = all.flatMap((one) => one.filled.unread);
  return {
    levels: levels.map(({ level, filled }) => ({
      ...levelView(level, filled),
      ...outside(team, level.level),
    })),
    roles: Object.fromEntries(roles.map(({ role, filled }) => [role.id, filled.persons])),
    roleGaps: Object.fromEntries(
      roles
        .filter(({ filled }) => filled.persons.length === 0)
        .map(({ role, filled }) => [
          role.id,
          filled.gaps.join('; ') ||
            `nobody is named for it; expected an entry of onCall, for example ${role.id}`,
        ]),
    ),
    ...(away.length === 0 ? {} : { away }),
    ...(unread.length === 0 ? {} : { unread }),
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

function fillersOf(team: Team, key: string | null, at: EpochMs): Filled {
  return fillersAt(team, key === null ? [] : (team.onCall[key] ?? []), at);
}
