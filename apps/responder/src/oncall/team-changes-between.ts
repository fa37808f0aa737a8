import type { EpochMs } from '#facts';
import { changePoints } from './schedule/segments.ts';
import type { Team } from './team/team.ts';

/** Every instant after `from` and before `to` at which somebody else may be on call, for whatever level. */
export function teamChangesBetween(team: Team, from: EpochMs, to: EpochMs): EpochMs[] {
  const ofRosters = [...team.rosters.values()].flatMap((roster) => changePoints(roster, from, to));
  const ofAbsences = team.away.flatMap((one) => [Date.parse(one.from), Date.parse(one.to)]);
  return [...ofRosters, ...ofAbsences.filter((at) => at > from && at < to)];
}
