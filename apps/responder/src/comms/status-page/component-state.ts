import { type ComponentConfig, type ComponentState, componentStates } from '@tocsin/contract';
import type { Incident } from '#incidents';

export type Assessment = Incident['assessment'];

/** At least this share of requests to all that it covers fails: it is gone, not partly. */
const goneRatio = 0.9;

/** How a component stands by one assessment; null: nothing in it is about the component. */
export function stateByAssessment(
  { covers }: Pick<ComponentConfig, 'covers'>,
  assessment: Pick<Assessment, 'functions' | 'services' | 'zones' | 'tenants' | 'blind'>,
): ComponentState | null {
  // Cut off ourselves: what looks like failure says nothing of the service.
  if (assessment.blind === true) return null;
  const covered = (assessment.functions ?? []).filter(({ name }) => covers.functions.includes(name));
  const harmed = covered.filter((one) => one.harmed);
  if (harmed.length > 0) {
    const gone = covered.every((one) => one.harmed && one.failed >= goneRatio * one.requests);
    return gone ? 'major_outage' : 'partial_outage';
  }
  const tenants = assessment.tenants.map(({ harm }) => harm);
  const named = isNamed(covers, assessment);
  if (named) return tenants.includes('errors') ? 'partial_outage' : 'degraded_performance';
  return covered.length > 0 && tenants.includes('slow') ? 'degraded_performance' : null;
}

/** The graver of two; null is none. */
export function worse(a: ComponentState | null, b: ComponentState | null): ComponentState | null {
  if (a === null || b === null) return a ?? b;
  return componentStates.indexOf(a) >= componentStates.indexOf(b) ? a : b;
}

/** An incident, as far as it says how components stand. */
export interface StandingIncident {
  readonly status: Incident['status'];
  readonly assessment: Assessment;
  /** The worst that it was for each component that it has ever hit. */
  readonly worst: ReadonlyMap<string, ComponentState>;
}

/**
 * How a component stands: by the incidents whose harm lasts, else by maintenance. What an open incident has hit once stays
 * degraded until the harm has ended, so that the page does not flicker with the newest ten seconds.
 */
export function componentState(
  component: Pick<ComponentConfig, 'id' | 'covers'>,
  incidents: readonly StandingIncident[],
  inMaintenance: boolean,
): ComponentState {
  const states = incidents
    .filter(({ status }) => status === 'open')
    .map(({ assessment, worst }) => {
      const now = stateByAssessment(component, assessment);
      return now ?? (worst.has(component.id) ? 'degraded_performance' : null);
    });
  const state = states.reduce(worse, null);
  return state ?? (inMaintenance ? 'under_maintenance' : 'operational');
}

/** The worst that each component was, over all assessments of an incident. */
export function worstStates(
  components: readonly Pick<ComponentConfig, 'id' | 'covers'>[],
  assessments: readonly Assessment[],
): ReadonlyMap<string, ComponentState> {
  const worst = new Map<string, ComponentState>();
  for (const component of components)
    for (const assessment of assessments) {
      const state = worse(worst.get(component.id) ?? null, stateByAssessment(component, assessment));
      if (state !== null) worst.set(component.id, state);
    }
  return worst;
}

function isNamed(
  { services, zones }: ComponentConfig['covers'],
  assessment: Pick<Assessment, 'services' | 'zones'>,
): boolean {
  return (
    (assessment.services ?? []).some((one) => services.includes(one)) ||
    assessment.zones.some((one) => zones.includes(one))
  );
}
