import type { Plan } from '@tocsin/runbook';
import { assess, type Assessment, emptyMemory, type Thresholds } from '#detection';
import { diagnose, type Diagnosis } from '#diagnosis';
import type { EpochMs } from '#facts';
import type { Recording } from './recording.ts';
import { replayFacts } from './replay-facts.ts';
import { nothingSaid, say, type SaidCauses } from './said-causes.ts';

/** An outage that the responder would have opened. */
export interface ConcludedIncident {
  readonly openedAt: EpochMs;
  /** Estimated start of harm when it opened; null when it opened without any. */
  readonly impactStartAt: EpochMs | null;
  /** At its worst, with the reason that was given then; null while blind. */
  readonly severity: string | null;
  readonly severityReason: string;
  /** Tenants that were harmed at some time. */
  readonly tenants: readonly string[];
  readonly said: SaidCauses;
  /** Since when all has been green; null while it is not. */
  readonly restoredAt: EpochMs | null;
}

/** An ugly object that would have been shown, and would have paged nobody. */
export interface ConcludedNotice {
  readonly at: EpochMs;
  readonly until: EpochMs;
  readonly reason: string;
  readonly said: SaidCauses;
}

/** What detection, classification and diagnosis make of a recording. */
export interface Conclusion {
  readonly incidents: readonly ConcludedIncident[];
  readonly notices: readonly ConcludedNotice[];
}

/** Notices that lie further apart are two. */
const noticeGapMs = 15_000;
/** Harm whose newest failing request began longer ago is over. */
const hurtingMs = 5000;
/** Green for this long ends an incident; what comes later is another. Without a document's word, 15 minutes. */
const defaultHoldMs = 15 * 60_000;

/** Runs the code that runs live over a recording, without reading what was expected of it. Pure. */
export function conclude(
  recording: Recording,
  thresholds: Thresholds,
  { holdMs = defaultHoldMs, plan = null }: { readonly holdMs?: number; readonly plan?: Plan | null } = {},
): Conclusion {
  const incidents: ConcludedIncident[] = [];
  const notices: ConcludedNotice[] = [];
  let memory = emptyMemory;
  for (const facts of replayFacts(recording)) {
    const result = assess(facts, thresholds, memory);
    ({ memory } = result);
    const { assessment } = result;
    const open = openOf(incidents, assessment.at, holdMs);
    if (assessment.verdict !== 'confirmed' && open === null && assessment.verdict !== 'notice') continue;
    const diagnoses = diagnose(facts, plan);
    if (open !== null) incidents[incidents.length - 1] = follow(open, assessment, diagnoses);
    else if (assessment.verdict === 'confirmed') incidents.push(opened(assessment, diagnoses));
    else notice(notices, assessment, diagnoses);
  }
  return { incidents, notices };
}

function openOf(
  incidents: readonly ConcludedIncident[],
  at: EpochMs,
  holdMs: number,
): ConcludedIncident | null {
  const newest = incidents.at(-1);
  if (newest === undefined) return null;
  return newest.restoredAt !== null && at - newest.restoredAt >= holdMs ? null : newest;
}

function harmed({ tenants }: Assessment): readonly string[] {
  return tenants.filter((one) => one.harm !== 'none').map((one) => one.tenant);
}

function opened(assessment: Assessment, diagnoses: readonly Diagnosis[]): ConcludedIncident {
  const { at, severity, reason, impactStartAt } = assessment;
  return {
    openedAt: at,
    impactStartAt,
    severity,
    severityReason: reason,
    tenants: harmed(assessment),
    said: say(nothingSaid, diagnoses, at),
    restoredAt: null,
  };
}

function isWorse(assessment: Assessment, before: ConcludedIncident): boolean {
  if (assessment.verdict !== 'confirmed' || assessment.severity === null) return false;
  return before.severity === null || assessment.severity < before.severity;
}

function isHurting({ at, verdict, lastHarmAt }: Assessment): boolean {
  return verdict === 'confirmed' && (lastHarmAt === null || at - lastHarmAt < hurtingMs);
}

function follow(
  before: ConcludedIncident,
  assessment: Assessment,
  diagnoses: readonly Diagnosis[],
): ConcludedIncident {
  const { at, severity, reason, restored, verdict } = assessment;
  const isBack = restored && verdict !== 'confirmed';
  return {
    ...before,
    ...(isWorse(assessment, before) ? { severity, severityReason: reason } : {}),
    tenants: [...new Set([...before.tenants, ...(isBack ? [] : harmed(assessment))])].toSorted(),
    // Once nothing hurts any more, what is said explains nothing.
    said: isHurting(assessment) ? say(before.said, diagnoses, at) : before.said,
    restoredAt: isBack ? (before.restoredAt ?? at) : null,
  };
}

function notice(
  notices: ConcludedNotice[],
  { at, reason }: Assessment,
  diagnoses: readonly Diagnosis[],
): void {
  const newest = notices.at(-1);
  if (newest === undefined || at - newest.until > noticeGapMs)
    notices.push({ at, until: at, reason, said: say(nothingSaid, diagnoses, at) });
  else notices[notices.length - 1] = { ...newest, until: at, reason, said: say(newest.said, diagnoses, at) };
}
