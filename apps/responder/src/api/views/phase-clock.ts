import type { PhaseClock, PhaseView } from '@tocsin/contract';
import type { Phase, Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { Incident } from '#incidents';
import { iso, isoOrNull } from './iso.ts';

const minuteMs = 60_000;

type Times = Pick<
  Incident,
  | 'detectedAt'
  | 'acknowledgedAt'
  | 'evidenceCompleteAt'
  | 'diagnosedAt'
  | 'mitigatedAt'
  | 'stableAt'
  | 'resolvedAt'
>;

/** Where the incident stands in the document's windows. Counts from detection until it is stable or resolved. */
export function phaseClock(incident: Times, plan: Pick<Plan, 'phases'>, now: EpochMs): PhaseClock {
  const stoppedAt = incident.stableAt ?? incident.resolvedAt;
  const elapsedMs = Math.max(0, (stoppedAt ?? now) - incident.detectedAt);
  const phases = plan.phases.map((phase) => phaseView(phase, incident, elapsedMs));
  return {
    startedAt: iso(incident.detectedAt),
    stoppedAt: isoOrNull(stoppedAt),
    elapsedMs,
    current: phases.find((phase) => phase.window === 'current')?.n ?? null,
    phases,
  };
}

function phaseView(phase: Phase, incident: Times, elapsedMs: number): PhaseView {
  return {
    n: phase.n,
    name: phase.name,
    fromMinutes: phase.fromMinutes,
    toMinutes: phase.toMinutes,
    window: windowOf(phase, elapsedMs),
    doneAt: isoOrNull(doneAt(phase.name, incident)),
  };
}

function windowOf(phase: Phase, elapsedMs: number): PhaseView['window'] {
  if (elapsedMs < phase.fromMinutes * minuteMs) return 'ahead';
  return phase.toMinutes === null || elapsedMs < phase.toMinutes * minuteMs ? 'current' : 'past';
}

/** What in the incident shows that a phase's work is done, by the word in the phase's name. */
const ends: readonly (readonly [RegExp, (incident: Times) => EpochMs | null])[] = [
  [/acknowledg/i, (incident) => incident.acknowledgedAt],
  [/assess/i, (incident) => incident.evidenceCompleteAt],
  [/isolat/i, (incident) => incident.diagnosedAt],
  [/mitigat/i, (incident) => incident.mitigatedAt],
  [/recover/i, (incident) => incident.stableAt],
];

function doneAt(name: string, incident: Times): EpochMs | null {
  return ends.find(([word]) => word.test(name))?.[1](incident) ?? null;
}
