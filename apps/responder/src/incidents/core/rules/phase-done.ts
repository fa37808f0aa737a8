import type { Phase } from '@tocsin/runbook';
import type { Incident } from '../incident.ts';
import { answerFrom } from './durations.ts';

const done: readonly { readonly meaning: RegExp; readonly is: (incident: Incident) => boolean }[] = [
  { meaning: /acknowledg|respon[ds]/i, is: (incident) => incident.acknowledgedAt !== null },
  { meaning: /assess|triage/i, is: (incident) => incident.evidenceCompleteAt !== null },
  {
    meaning: /isolat|investigat|diagnos/i,
    is: (incident) => (incident.diagnoses[0]?.confidence ?? 0) >= answerFrom,
  },
];

/** Whether a phase's purpose is reached, judged by its name; a phase of another name is done with the harm. */
export function isPhaseDone(incident: Incident, phase: Phase): boolean {
  if (incident.mitigatedAt !== null || incident.status === 'resolved') return true;
  return done.find((one) => one.meaning.test(phase.name))?.is(incident) ?? false;
}
