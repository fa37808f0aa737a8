import type { DrillSpec } from './drill-spec.ts';
import { limitsMs } from './drills.ts';
import { expectedIds, isRight, missesOfCauses } from './judge-causes.ts';
import type { SaidCause, Sighting } from './sighting.ts';
import type { DrillObservation, ScoreCard } from './score.ts';

/** What a drill of seeing came to, with what only the drill itself can count. */
export interface SeeingInput {
  readonly sighting: Sighting;
  readonly observation: DrillObservation;
  /** Estimated start of harm after the injection; null without an incident, or without harm. */
  readonly harmAfterMs: number | null;
  /** From the lifting until the incident was seen to be over; null when it was not, or when there was none. */
  readonly overAfterLiftMs: number | null;
}

/** The score card of seeing: the drill's card, and what was said on the way. */
export interface SeeingCard extends ScoreCard {
  readonly kind: DrillSpec['kind'];
  readonly harmAfterMs: number | null;
  readonly notice: Sighting['notice'];
  /** Every cause that was ever named, right or wrong. */
  readonly said: readonly (SaidCause & { readonly right: boolean })[];
  readonly overAfterLiftMs: number | null;
}

/** A wrong cause said this surely is a miss even when it was given up soon. */
const surelyFrom = 0.8;

/** Judges what was seen, not what was done about it. Pure. */
export function scoreSeeing(spec: DrillSpec, input: SeeingInput): SeeingCard {
  const { sighting, observation } = input;
  const { injectedSubject } = sighting;
  const named = sighting.named.toSorted((a, b) => b.confidence - a.confidence);
  const [best] = named;
  const said = sighting.said.map((one) => ({ ...one, right: isRight(spec.expected, one, injectedSubject) }));
  const misses = [
    ...missesOfPaging(spec, input),
    ...missesOfTenants(spec, observation),
    ...missesOfCauses(spec.expected, named, injectedSubject),
    ...missesOnTheWay(said, named),
    ...missesOfEnd(input),
  ];
  return {
    ...numbersOf(observation),
    drill: spec.name,
    kind: spec.kind,
    expected: { severity: spec.expected.severity, causes: expectedIds(spec.expected) },
    diagnosis: best?.id ?? null,
    subject: best?.subject ?? null,
    confidence: best?.confidence ?? null,
    diagnoses: named,
    harmAfterMs: input.harmAfterMs,
    notice: sighting.notice,
    said,
    overAfterLiftMs: input.overAfterLiftMs,
    passed: misses.length === 0,
    misses,
  };
}

function numbersOf(seen: DrillObservation) {
  const { severity, tenants, detectedAfterMs, pagedAfterMs, evidenceAfterMs } = seen;
  const { incidents, pages, duplicatePages, lostPages } = seen;
  return {
    severity,
    tenants,
    detectedAfterMs,
    pagedAfterMs,
    evidenceAfterMs,
    mitigatedAfterMs: null,
    mitigatedBy: null,
    recoveredAfterMs: null,
    stepsRun: [],
    noStep: null,
    incidents,
    pages,
    duplicatePages,
    lostPages,
  };
}

function missesOfPaging(spec: DrillSpec, { observation: seen, sighting }: SeeingInput): readonly string[] {
  if (seen.incidents === 0) return missesOfSilence(spec, sighting);
  const allowed = allowedSeverities(spec);
  const words = `severity ${seen.severity} (${sighting.incident?.severityReason})`;
  const rated = allowed.includes(seen.severity ?? '');
  if (spec.expected.severity === null && !rated) return [`a page nobody needed: ${words}`];
  return present([
    seen.incidents > 1 && `${seen.incidents} incidents, expected one`,
    !rated && `${words}, expected ${allowed.join(' or ')}`,
    ...missesOfTime(spec, seen),
    ...missesOfMail(seen),
  ]);
}

function missesOfMail({ lostPages, duplicatePages }: DrillObservation): readonly string[] {
  return present([
    lostPages > 0 && `${lostPages} pages lost`,
    duplicatePages > 0 && `${duplicatePages} pages sent twice without saying so`,
  ]);
}

function allowedSeverities({ expected }: DrillSpec): readonly string[] {
  return [expected.severity, ...(expected.alsoDefensible ?? [])].filter((one) => one !== null);
}

function missesOfTime({ harmsAtOnce }: DrillSpec, seen: DrillObservation): readonly string[] {
  return present([
    seen.pagedAfterMs === null && 'never paged',
    harmsAtOnce && late('detected', seen.detectedAfterMs, limitsMs.detected),
    harmsAtOnce && late('paged', seen.pagedAfterMs, limitsMs.paged),
  ]);
}

function missesOfSilence({ kind, expected }: DrillSpec, { notice }: Sighting): readonly string[] {
  const mayBeNotice = expected.severity === null || (expected.alsoDefensible ?? []).includes('notice');
  if (!mayBeNotice) return [`never detected, expected ${expected.severity}`];
  const isDue = kind === 'fault' && expected.causes.length > 0;
  return isDue && notice === null ? ['not even a notice'] : [];
}

function missesOfTenants({ expected }: DrillSpec, seen: DrillObservation): readonly string[] {
  if (expected.tenants === undefined || expected.tenants === 'all' || seen.incidents === 0) return [];
  const same =
    seen.tenants.length === expected.tenants.length &&
    expected.tenants.every((one) => seen.tenants.includes(one));
  return same ? [] : [`tenants ${seen.tenants.join(' ') || 'none'}, expected ${expected.tenants.join(' ')}`];
}

/** Wrong causes that were said surely and are no longer said. */
function missesOnTheWay(said: SeeingCard['said'], named: Sighting['named']): readonly string[] {
  const isNamed = (one: SaidCause): boolean =>
    named.some((other) => other.id === one.id && other.subject === one.subject);
  return said
    .filter((one) => !one.right && one.confidence >= surelyFrom && !isNamed(one))
    .map(
      (one) =>
        `said ${one.id} of ${one.subject} (${one.confidence.toFixed(2)}) for ${seconds(one.lastAfterMs - one.firstAfterMs)}, which is not the cause`,
    );
}

function missesOfEnd({ observation, overAfterLiftMs }: SeeingInput): readonly string[] {
  const lasts = observation.incidents > 0 && overAfterLiftMs === null;
  return lasts ? ['recovery was not verified after the fault was lifted'] : [];
}

function late(what: string, afterMs: number | null, limitMs: number): string | false {
  if (afterMs === null || afterMs <= limitMs) return false;
  return `${what} after ${seconds(afterMs)}, the bar is ${seconds(limitMs)}`;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const present = (list: readonly (string | false)[]): readonly string[] => list.filter((one) => one !== false);
