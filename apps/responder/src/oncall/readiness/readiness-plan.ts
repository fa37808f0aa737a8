import type { EpochMs } from '#facts';
import { instantOf, wallAt } from '../schedule/wall-clock.ts';
import type { Team } from '../team/team.ts';

/** Who is told, and when the next look is. */
export interface ReadinessPlan {
  /** Id of the person who is told; null: there is nobody. */
  readonly owner: string | null;
  readonly at: EpochMs;
}

const usual = { at: '09:00', zone: 'UTC' } as const;

/** The first morning after `after` of the one who answers for the team: named, else the first admin, else the first approver. */
export function readinessPlan(team: Team, after: EpochMs): ReadinessPlan {
  const { at, zone } = team.readiness ?? usual;
  const time = Temporal.PlainTime.from(at);
  const today = wallAt(after, zone).toPlainDate();
  const mornings = [0, 1, 2].map((days) => instantOf(today.add({ days }).toPlainDateTime(time), zone));
  const next = mornings.find((one) => one > after) ?? after + 86_400_000;
  return { owner: team.readiness?.owner ?? firstOwner(team), at: next };
}

function firstOwner({ people }: Team): string | null {
  const real = people.filter((one) => !one.drill);
  const owner = real.find((one) => one.role === 'admin') ?? real.find((one) => one.role === 'approver');
  return owner?.id ?? null;
}
