import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { OnCallLevel, Person } from './on-call-view.ts';
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
  const points = [...new Set(teamChangesBetween(team, at, to))].toSorted((a, b) => a - b);
  const later = points.map((point) => ({ point, levels: whoIsOnCall(team, plan, point).levels }));
  return levels.map((now, index) => {
    const found = later.find((then) => firstOf(then.levels[index]) !== firstOf(now));
    return { level: now.level, until: found?.point ?? null, persons: found?.levels[index]?.persons ?? [] };
  });
}

function firstOf(level: OnCallLevel | undefined): string | null {
  return level?.persons[0]?.id ?? null;
}
