import type { EventBody, IncidentEvent } from './event.ts';
import { foldOpened } from './evolve/opened.ts';
import { evidenceFolds } from './evolve/evidence.ts';
import { externalFolds } from './evolve/external.ts';
import { lifecycleFolds } from './evolve/lifecycle.ts';
import { pageFolds } from './evolve/pages.ts';
import { severityFolds } from './evolve/severity.ts';
import { stepFolds } from './evolve/steps.ts';
import { updateFolds } from './evolve/updates.ts';
import type { Fold } from './evolve/fold.ts';
import type { Incident } from './incident.ts';

type Later = Exclude<EventBody['type'], 'opened'>;

/** One fold an event type; the compiler closes the list. */
const folds: { readonly [Type in Later]: Fold<Type> } = {
  ...severityFolds,
  ...pageFolds,
  ...evidenceFolds,
  ...externalFolds,
  ...stepFolds,
  ...updateFolds,
  ...lifecycleFolds,
};

/** The incident after one more event. Pure; throws on an event out of order, which is a defect. */
export function evolve(incident: Incident | null, event: IncidentEvent): Incident {
  const { body } = event;
  if (event.seq !== (incident?.revision ?? 0))
    throw new Error(`event ${event.seq} (${body.type}) does not follow revision ${incident?.revision ?? 0}`);
  if (body.type === 'opened') return foldOpened(body, event.at);
  if (incident === null) throw new Error(`first event is ${body.type}; expected opened`);
  const fold = folds[body.type] as Fold<Later>;
  return { ...incident, ...fold(incident, body, event), revision: event.seq + 1 };
}

/** The incident that a whole log describes; null for an empty one. */
export function foldEvents(events: readonly IncidentEvent[]): Incident | null {
  return events.reduce<Incident | null>((incident, event) => evolve(incident, event), null);
}
