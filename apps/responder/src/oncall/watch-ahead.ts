import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import { levelOfRole } from './keys-of-plan.ts';
import { notInDocument } from './not-in-document.ts';
import type { OnCallView } from './on-call-view.ts';
import { findWarnings } from './schedule/find-warnings.ts';
import { spansBetween } from './schedule/segments.ts';
import type { Team } from './team/team.ts';
import { teamChangesBetween } from './team-changes-between.ts';
import { whoIsOnCall } from './who-is-on-call.ts';

/** Something ahead that somebody should look at, with its span. */
export interface Warning {
  /** `same-person`: two levels would wake the same one. `not-in-document`: a name that the runbook does not have. */
  readonly kind: 'gap' | 'overlap' | 'idle-override' | 'same-person' | 'not-in-document';
  /** `schedule platform`, `layer day of schedule platform`, `level 2 (Secondary on-call engineer)`, `role Security Engineer`. */
  readonly where: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly because: string;
}

/** Gaps and overlaps of schedules, levels and roles from `from` to `to`, and what the document does not have; gaps first, then by time. */
export function watchAhead(team: Team, plan: Plan, from: EpochMs, to: EpochMs): readonly Warning[] {
  const ofSchedules = [...team.rosters.values()].flatMap((roster) =>
    findWarnings(roster, from, to).map(({ schedule, layer, ...rest }) => ({
      ...rest,
      where: layer === undefined ? `schedule ${schedule}` : `layer ${layer} of schedule ${schedule}`,
    })),
  );
  const strange = notInDocument(team, plan).map((one) => ({ ...one, from, to }));
  const warnings = [...ofSchedules, ...ofLevels(team, plan, from, to), ...strange];
  return warnings.toSorted((a, b) => Number(a.kind !== 'gap') - Number(b.kind !== 'gap') || a.from - b.from);
}

function ofLevels(team: Team, plan: Plan, from: EpochMs, to: EpochMs): Warning[] {
  const found: Warning[] = [];
  for (const span of spansBetween(teamChangesBetween(team, from, to), from, to))
    for (const one of judge(whoIsOnCall(team, plan, span.from), plan)) {
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

function judge(onCall: OnCallView, plan: Plan): Judged[] {
  return [...judgeLevels(onCall), ...judgeRoles(onCall, plan)];
}

/** A role that a level is for is told with its level. */
function judgeRoles({ roleGaps = {} }: OnCallView, plan: Plan): Judged[] {
  return plan.roles.flatMap((role): Judged[] => {
    const because = roleGaps[role.id];
    if (because === undefined || levelOfRole(plan, role) !== null) return [];
    return [{ kind: 'gap', where: `role ${role.name}`, because }];
  });
}

function judgeLevels({ levels }: OnCallView): Judged[] {
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
