import type { ComponentConfig } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { worstStates } from './component-state.ts';
import type { IncidentFacts } from './public-incident.ts';
import type { ImpactCorrection } from './uptime.ts';

type Facts = Pick<
  IncidentFacts,
  'correction' | 'impactStartAt' | 'impactEndAt' | 'endedAt' | 'assessments' | 'isDrill' | 'isMerged'
>;

/**
 * What people have said about when clients were harmed, for each component that the incident hit; for all when it was measured to hit none.
 * Harm that "goes on" has ended with the incident at the latest. A drill harms nobody, a merged incident is told of by the other.
 */
export function correctionsOf(
  incidents: readonly Facts[],
  components: readonly Pick<ComponentConfig, 'id' | 'covers'>[],
  at: EpochMs,
): ReadonlyMap<string, readonly ImpactCorrection[]> {
  const all = components.map(({ id }) => id);
  const told = incidents.filter(({ isDrill, isMerged }) => !isDrill && !isMerged);
  const said = told.flatMap((incident) => {
    const { correction, impactStartAt, impactEndAt, endedAt, assessments } = incident;
    if (correction === null) return [];
    const hit = [...worstStates(components, assessments).keys()];
    const lastAt = impactEndAt ?? endedAt ?? at;
    const measured = { from: impactStartAt, to: lastAt };
    const corrected = { from: correction.startAt, to: correction.endAt ?? lastAt };
    return (hit.length === 0 ? all : hit).map((id) => ({ id, measured, corrected }));
  });
  return new Map(
    [...Map.groupBy(said, ({ id }) => id)].map(([id, list]) => [
      id,
      list.map(({ measured, corrected }) => ({ measured, corrected })),
    ]),
  );
}
