import type { StepView } from '@tocsin/contract';
import type { DrillSpec } from './drill-spec.ts';
import { limitsMs } from './drills.ts';
import { expectedIds, missesOfCauses } from './judge-causes.ts';

/** What was seen of one drill, times in milliseconds from the injection; null where it never came. */
export interface DrillObservation {
  readonly severity: string | null;
  readonly tenants: readonly string[];
  readonly diagnoses: readonly {
    readonly id: string;
    readonly subject: string;
    readonly confidence: number;
  }[];
  /** Subject of the injected fault, for example `node/node-b`. */
  readonly injectedSubject: string;
  readonly detectedAfterMs: number | null;
  readonly pagedAfterMs: number | null;
  readonly evidenceAfterMs: number | null;
  readonly mitigatedAfterMs: number | null;
  readonly mitigatedBy: 'step' | 'platform' | 'drill' | 'person' | null;
  readonly recoveredAfterMs: number | null;
  readonly stable: boolean;
  readonly incidents: number;
  readonly pages: number;
  readonly duplicatePages: number;
  readonly lostPages: number;
  /** True when steps were approved, false in a control run. */
  readonly approved: boolean;
  /** True when the fault had to be lifted at the drill's limit. */
  readonly liftedAtLimit: boolean;
  /** Why nobody was asked for a change, as said before the drill lifted the fault. */
  readonly noStep: string | null;
  /** Actions of the document that ran, in their order, and how each ended. */
  readonly stepsRun: readonly { readonly actionId: string; readonly status: StepView['status'] }[];
  /** Share of failing requests that an independent client saw after recovery was verified, 0 to 1; null without such requests. */
  readonly clientErrorRatioAfter: number | null;
}

/** The score card: one object a drill, as `tocsin drill --json` prints it. */
export interface ScoreCard {
  readonly drill: string;
  readonly expected: { readonly severity: string | null; readonly causes: readonly string[] };
  readonly severity: string | null;
  readonly tenants: readonly string[];
  readonly diagnosis: string | null;
  readonly subject: string | null;
  readonly confidence: number | null;
  readonly diagnoses: DrillObservation['diagnoses'];
  readonly detectedAfterMs: number | null;
  readonly pagedAfterMs: number | null;
  readonly evidenceAfterMs: number | null;
  readonly mitigatedAfterMs: number | null;
  readonly mitigatedBy: 'step' | 'platform' | 'drill' | 'person' | null;
  readonly recoveredAfterMs: number | null;
  readonly stepsRun: DrillObservation['stepsRun'];
  readonly noStep: string | null;
  readonly incidents: number;
  readonly pages: number;
  readonly duplicatePages: number;
  readonly lostPages: number;
  readonly passed: boolean;
  readonly misses: readonly string[];
}

/** Judges what was seen against the runbook's bar. Pure. */
export function score(spec: DrillSpec, seen: DrillObservation): ScoreCard {
  const best = seen.diagnoses[0] ?? null;
  const misses = [
    ...missesOfSeeing(spec, seen),
    ...missesOfPaging(spec, seen),
    ...missesOfRecovery(spec, seen),
  ];
  return {
    drill: spec.name,
    expected: { severity: spec.expected.severity, causes: expectedIds(spec.expected) },
    severity: seen.severity,
    tenants: seen.tenants,
    diagnosis: best?.id ?? null,
    subject: best?.subject ?? null,
    confidence: best?.confidence ?? null,
    diagnoses: seen.diagnoses,
    detectedAfterMs: seen.detectedAfterMs,
    pagedAfterMs: seen.pagedAfterMs,
    evidenceAfterMs: seen.evidenceAfterMs,
    mitigatedAfterMs: seen.mitigatedAfterMs,
    mitigatedBy: seen.mitigatedBy,
    recoveredAfterMs: seen.recoveredAfterMs,
    stepsRun: seen.stepsRun,
    noStep: seen.noStep,
    incidents: seen.incidents,
    pages: seen.pages,
    duplicatePages: seen.duplicatePages,
    lostPages: seen.lostPages,
    passed: misses.length === 0,
    misses,
  };
}

function missesOfSeeing(spec: DrillSpec, seen: DrillObservation): string[] {
  return present([
    spec.harmsAtOnce && late('detected', seen.detectedAfterMs, limitsMs.detected),
    spec.harmsAtOnce && lateEvidence(seen),
    seen.incidents !== 1 && `${seen.incidents} incidents, expected one`,
    missOfSeverity(spec, seen),
    ...missesOfCauses(spec.expected, seen.diagnoses, seen.injectedSubject),
  ]);
}

/** Reads begin when the outage is known. */
function lateEvidence({ evidenceAfterMs, detectedAfterMs }: DrillObservation): string | false {
  if (evidenceAfterMs === null) return 'never evidence complete';
  const tookMs = evidenceAfterMs - (detectedAfterMs ?? 0);
  const bar = `the bar is ${seconds(limitsMs.evidence)}`;
  return tookMs > limitsMs.evidence && `evidence complete ${seconds(tookMs)} after detection, ${bar}`;
}

function missOfSeverity({ expected }: DrillSpec, { severity }: DrillObservation): string | false {
  const allowed = [expected.severity, ...(expected.alsoDefensible ?? [])].map((one) => one ?? 'none');
  return (
    !allowed.includes(severity ?? 'none') &&
    `severity ${severity ?? 'none'}, expected ${allowed.join(' or ')}`
  );
}

function missesOfPaging(spec: DrillSpec, seen: DrillObservation): string[] {
  return present([
    spec.harmsAtOnce && late('paged', seen.pagedAfterMs, limitsMs.paged),
    seen.lostPages > 0 && `${seen.lostPages} pages lost`,
    seen.duplicatePages > 0 && `${seen.duplicatePages} pages sent twice without saying so`,
  ]);
}

function missesOfRecovery(spec: DrillSpec, seen: DrillObservation): string[] {
  const ratio = seen.clientErrorRatioAfter ?? 0;
  return present([
    seen.liftedAtLimit && 'the fault had to be lifted by the drill at its limit',
    missOfMitigation(spec, seen),
    seen.recoveredAfterMs === null && 'recovery never verified',
    seen.recoveredAfterMs !== null && !seen.stable && 'the stability watch did not pass',
    ratio > 0.05 && `an independent client still saw ${percent(ratio)} errors after verified recovery`,
  ]);
}

function missOfMitigation(spec: DrillSpec, seen: DrillObservation): string | false {
  const { mitigatedAfterMs, mitigatedBy, approved } = seen;
  const wanted = approved ? spec.resolution : 'platform';
  if (wanted === 'none') return missOfNoStep(spec, seen);
  if (mitigatedAfterMs === null) return 'never mitigated';
  if (wanted === 'either' && mitigatedBy !== 'drill') return false;
  return mitigatedBy !== wanted && `mitigated by ${mitigatedBy ?? 'nobody'}, expected ${wanted}`;
}

/** Where the document holds no step that helps, nothing runs but what it has for this in vain, and that none is left is said. */
function missOfNoStep({ tries = [] }: DrillSpec, { noStep, stepsRun }: DrillObservation): string | false {
  const others = stepsRun.filter(({ actionId }) => !tries.includes(actionId));
  if (others.length > 0)
    return `${others.map((one) => `${one.actionId} ${one.status}`).join(', ')}, expected ${tries.join(' or ') || 'no step'}`;
  return noStep === null && 'nobody was told that the document holds no safe step';
}

function late(what: string, afterMs: number | null, limitMs: number): string | false {
  if (afterMs === null) return `never ${what}`;
  return afterMs > limitMs && `${what} after ${seconds(afterMs)}, the bar is ${seconds(limitMs)}`;
}

const present = (list: readonly (string | false)[]): string[] => list.filter((one) => one !== false);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`;
