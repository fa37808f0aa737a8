import { phaseOf } from './count-deaths.ts';
import type { KillPoint } from './killable-database.ts';

/** The order in which points are died at: a death of each phase and at each mail first, then the others as the lot falls, other ones each time. */
export function spreadPoints(own: readonly KillPoint[], mail: readonly KillPoint[]): readonly KillPoint[] {
  const first = [...Map.groupBy(own, phaseOf).values()].flatMap((points) => points.slice(0, 1));
  const others = own.filter((point) => !first.includes(point));
  return [...first, ...mail, ...shuffled(others)];
}

function shuffled(points: readonly KillPoint[]): readonly KillPoint[] {
  return points
    .map((point) => ({ point, lot: Math.random() }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ point }) => point);
}
