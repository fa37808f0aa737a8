import type { IncidentView } from '@tocsin/contract';
import type { DrillSpec } from './drill-spec.ts';
import { followIncident, type FollowOptions, isOver } from './follow.ts';
import { missesOfCauses, type NamedCause } from './judge-causes.ts';
import { namedCauses } from './named-causes.ts';
import type { OpenDrill } from './open-drill.ts';

/** How a drill ended. */
export interface DrillEnd {
  /** Null: none ever opened. */
  readonly incident: IncidentView | null;
  /** The drill had to lift the fault at its limit. */
  readonly liftedAtLimit: boolean;
  /** Why nobody was asked for a change, as said while the fault was there. */
  readonly noStep: string | null;
  /** What explained it while the fault was there; null: what was followed says it. */
  readonly named: readonly NamedCause[] | null;
}

/** How long "no safe step" must stand. */
const standsMs = 10_000;

/** Until the service is stable, by a step or by the platform. */
export async function followAnswered(following: FollowOptions): Promise<DrillEnd> {
  const incident = await followIncident(following);
  const liftedAtLimit = (incident?.times.verifiedAt ?? null) === null;
  return { incident, liftedAtLimit, noStep: incident?.noStep ?? null, named: null };
}

/**
 * Until it is said that the document holds no safe step. Then the fault goes with what it stands for, for example a person who scales up
 * again; the response has to see that it is over.
 */
export async function followUnanswered(
  following: FollowOptions,
  spec: DrillSpec,
  drill: OpenDrill,
): Promise<DrillEnd> {
  const said = await followIncident({ ...following, isEnough: saysNoStep(spec, drill) });
  await drill.liftFault();
  const incident = said === null ? null : await followIncident(following);
  const named = said === null ? null : namedCauses([], said);
  return { incident, liftedAtLimit: false, noStep: said?.noStep ?? null, named };
}

/** That the document holds no safe step has been said and has stood, and the cause is known or had its time to be. */
function saysNoStep(spec: DrillSpec, { fault }: OpenDrill): (incident: IncidentView) => boolean {
  let since: number | null = null;
  return (incident) => {
    if (isOver(incident)) return true;
    since = incident.noStep === null ? null : (since ?? Date.now());
    const isNamed = missesOfCauses(spec.expected, incident.diagnoses, fault.subject).length === 0;
    const isTimeOver = Date.now() - Date.parse(fault.injectedAt) > spec.watchMs;
    return since !== null && Date.now() - since >= standsMs && (isNamed || isTimeOver);
  };
}
