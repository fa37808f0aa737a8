import type { Assessment, SeverityId } from '#detection';
import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { Timer } from '../input.ts';
import type { Draft } from '../draft.ts';
import type { Drill, IncidentRef } from '../incident.ts';
import { minuteMs } from './durations.ts';
import { askForExternal } from './ask-for-external.ts';
import { pageLevel } from './page-level.ts';
import { openingReads } from './plan-answer.ts';

/** What is needed to open an incident, by measurement or by a person's word. */
export interface Opening {
  readonly newId: string;
  readonly newNumber: number;
  readonly serviceId: string;
  readonly drill: Drill | null;
  readonly assessment: Assessment;
  readonly severity: SeverityId;
  readonly title: string;
  readonly reason: string;
  /** Since when there is harm, where somebody knows better than the assessment. */
  readonly began?: { readonly at: EpochMs; readonly method: string };
  readonly splitFrom?: IncidentRef;
}

/** Opens, sets every clock of the document, pages the primary, and has everything read that the document reads first. */
export function openIncident(draft: Draft, opening: Opening): void {
  const { at, plan } = draft.input;
  const { assessment, began = beganBy(assessment, at) } = opening;
  draft.add({
    type: 'opened',
    id: opening.newId,
    number: opening.newNumber,
    serviceId: opening.serviceId,
    planHash: plan.hash,
    title: opening.title,
    drill: opening.drill,
    assessment,
    severity: opening.severity,
    severityReason: opening.reason,
    impactStartAt: began.at,
    impactStartMethod: began.method,
    checklist: plan.checklist.map((line) => line.text),
    ...(opening.splitFrom === undefined ? {} : { splitFrom: opening.splitFrom }),
  });
  for (const timer of documentTimers(plan, at)) draft.order({ kind: 'set-timer', timer });
  pageLevel(draft, 1, 'opened');
  askForExternal(draft, 1);
  const actionIds = openingReads(plan);
  if (actionIds.length === 0) return;
  draft.add({ type: 'evidence-requested', actionIds, because: 'read before anything can change it' });
  draft.order({ kind: 'gather-evidence', actionIds });
}

function beganBy({ impactStartAt }: Assessment, at: EpochMs): NonNullable<Opening['began']> {
  return impactStartAt === null
    ? { at, method: 'when it was reported' }
    : { at: impactStartAt, method: 'first failing request that belongs to it' };
}

/** The clocks that run from detection: phase windows and the escalation matrix. Those of updates follow what is told. */
function documentTimers(plan: Plan, detectedAt: number): Timer[] {
  const after = (minutes: number): number => detectedAt + minutes * minuteMs;
  return [
    ...plan.phases.flatMap((phase): Timer[] =>
      phase.toMinutes === null
        ? []
        : [{ kind: 'phase', dueAt: after(phase.toMinutes), key: String(phase.n) }],
    ),
    ...plan.escalation.flatMap((level, index): Timer[] =>
      index === 0 ? [] : [{ kind: 'escalation', dueAt: after(level.fromMinutes), key: String(index + 1) }],
    ),
  ];
}
