import type { EventBody, IncidentEvent } from '../event.ts';
import type { Incident } from '../incident.ts';

export type Body<Type extends EventBody['type']> = Extract<EventBody, { type: Type }>;

/** What changes on the incident with one event of the type. */
export type Fold<Type extends EventBody['type']> = (
  incident: Incident,
  body: Body<Type>,
  event: IncidentEvent,
) => Partial<Incident>;
