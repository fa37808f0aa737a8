import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { OnCallView } from './on-call-view.ts';
import { findWarnings } from './schedule/find-warnings.ts';
import { spansBetween } from './schedule/segments.ts';
import type { Team } from './team/team.ts';
import { teamChangesBetween } from './team-changes-between.ts';
import { whoIsOnCall } from './who-is-on-call.ts';

/** Something ahead that somebody should look at, with its span. */
export interface Warning {
  /** `same-person`: two levels would wake the same one. */
  readonly kind: 'gap' | 'overlap' | 'idle-override' | 'same-person';
  /** `schedule platform`, `level 2 (Secondary on-call engineer)`. */
  readonly where: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly because: string;
}

/** Gaps and overlaps of schedules and levels from `from` to `to`; gaps first, then by time. */
export function watchAhead(team: Team, plan: Plan, from: EpochMs, to: EpochMs): readonly Warning[] {
  const ofSchedules = [...team.rosters.values()].flatMap((roster) =>
    findWarnings(roster, from, to).map(({ schedule, layer, ...rest }) => ({
      ...rest,
      where: layer === undefined ? `schedule ${schedule}` : `layer ${layer} of schedule ${schedule}`,
    })),
  );
  const warnings = [...ofSchedules, ...ofLevels(team, plan, from, to)];
  return warnings.toSorted((a, b) => Number(a.kind !== 'gap') - Number(b.kind !== 'gap') || a.from - b.from);
}

function ofLevels(team: Team, plan: Plan, from: EpochMs, to: EpochMs): Warning[] {
  const found: Warning[] = [];
  for (const span of spansBetween(teamChangesBetween(team, from, to), from, to))
    for (const one of judge(whoIsOnCall(team, plan, span.from))) {
      const before = found.findLastIndex(
        (other) =>
          other.where === one.where &&
          other.kind === one.kind &&
          (one.kind === 'gap' || other.because === one.because),
      );
      const earlier = found[before];
      if (earlier?.to === span.from) found[before] = { ...earlier, to: span.to };
      else found.push({ ...one, ...span });
    }
  return found;
}

type Judged = Pick<Warning, 'kind' | 'where' | 'because'>;

function judge({ levels }: OnCallView): Judged[] {
  return levels.flatMap(({ level, target, persons, gap }, index): Judged[] => {
    const where = `level ${level} (${target})`;
    if (persons.length === 0)
      return [
        {
          kind: 'gap',
          where,
          because: gap ?? 'nobody is named for it; the level below is called again',
        },
      ];
    const before = levels[index - 1];
    const [first] = persons;
    if (first === undefined || before?.persons[0]?.id !== first.id) return [];
    return [
      {
        kind: 'same-person',
        where,
        because: `${first.name} is called at level ${before.level} too`,
      },
    ];
  });
}
