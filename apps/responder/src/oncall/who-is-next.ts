import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { Person } from './on-call-view.ts';
import type { Team } from './team/team.ts';
import { teamChangesBetween } from './team-changes-between.ts';
import { whoIsOnCall } from './who-is-on-call.ts';

/** When the first person of a level is another one, and who is called then; `until` is null when that is after `to`. */
export interface Next {
  readonly level: number;
  readonly until: EpochMs | null;
  readonly persons: readonly Person[];
}

/** For every level, who comes after those on call at `at`. */
export function whoIsNext(team: Team, plan: Plan, at: EpochMs, to: EpochMs): readonly Next[] {
  const { levels } = whoIsOnCall(team, plan, at);
  const found = new Map<number, Next>();
  for (const until of [...new Set(teamChangesBetween(team, at, to))].toSorted((a, b) => a - b)) {
    if (found.size === levels.length) break;
    const then = whoIsOnCall(team, plan, until).levels;
    for (const [index, { level, persons }] of then.entries())
      if (!found.has(level) && persons[0]?.id !== levels[index]?.persons[0]?.id)
        found.set(level, { level, until, persons });
  }
  return levels.map(({ level }) => found.get(level) ?? { level, until: null, persons: [] });
}
