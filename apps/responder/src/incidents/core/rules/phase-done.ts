import type { Phase } from '@tocsin/runbook';
import type { Incident } from '../incident.ts';
import { answerFrom } from './durations.ts';
import { meaningOf, type PhaseMeaning } from './phase-meanings.ts';

interface Purpose {
  readonly isReached: (incident: Incident) => boolean;
  /** While it is not. */
  readonly waitsFor: string;
}

const endOfHarm: Purpose = { isReached: () => false, waitsFor: 'the harm to end' };

const purposes: { readonly [Meaning in PhaseMeaning]: Purpose } = {
  acknowledgment: {
    isReached: (incident) => incident.acknowledgedAt !== null,
    waitsFor: 'somebody to acknowledge the incident',
  },
  assessment: {
    isReached: (incident) => incident.evidenceCompleteAt !== null,
    waitsFor: 'the reads of the document to end',
  },
  isolation: {
    isReached: (incident) => (incident.diagnoses[0]?.confidence ?? 0) >= answerFrom,
    waitsFor: 'a cause that is likely enough to act on',
  },
  mitigation: endOfHarm,
  recovery: endOfHarm,
};

/** Whether a phase's purpose is reached, judged by its name; a phase of another name is done with the harm. */
export function isPhaseDone(incident: Incident, phase: Phase): boolean {
  if (incident.mitigatedAt !== null || incident.status === 'resolved') return true;
  return purposeOf(phase).isReached(incident);
}

/** What a phase that is not done waits for: `it waits for ...`. */
export function whatPhaseWaitsFor(phase: Phase): string {
  return purposeOf(phase).waitsFor;
}

function purposeOf({ name }: Phase): Purpose {
  const meaning = meaningOf(name);
  return meaning === null ? endOfHarm : purposes[meaning];
}
