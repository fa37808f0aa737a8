import type { Decision } from '../decision.ts';
import { refuse } from '../draft.ts';
import type { Incident } from '../incident.ts';

/** The refusal of whoever asks for a step that the incident does not have. */
export function noSuchStep({ number }: Incident, stepId: string): Decision {
  return refuse('not-found', `step "${stepId}" is not on incident #${number}`);
}
