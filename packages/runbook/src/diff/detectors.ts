import type { Detector, Plan } from '../plan.ts';
import { weightOfGuard, type Change } from './change.ts';
import { pairUp } from './pair-up.ts';
import { quote, thresholdText } from './phrases.ts';
import { thresholdChanges } from './threshold.ts';

/** Detectors that came, went, can no longer be measured, or have another limit. The words of a measured one do not count. */
export function detectorChanges(old: Plan, next: Plan): Change[] {
  const { pairs, removed, added } = pairUp(old.detectors, next.detectors, {
    keys: [
      ({ kind, text, manual }) => `${kind} ${manual} ${text}`,
      ({ text }) => text,
      (detector) => (detector.kind === 'unknown' ? null : `${detector.kind} ${limitKey(detector)}`),
      ({ kind, manual }) => (kind === 'unknown' ? null : `${kind} ${manual}`),
    ],
    text: ({ text }) => text,
  });
  return [
    ...pairs.flatMap(({ old: before, next: after }) => [
      ...measuring(before, after),
      ...thresholdChanges(before, after),
    ]),
    ...removed.map((gone): Change => alone(gone, 'removed')),
    ...added.map((come): Change => alone(come, 'added')),
  ];
}

function limitKey({ threshold, manual }: Detector): string {
  return `${manual} ${threshold === undefined ? '' : thresholdText(threshold)}`;
}

function isMeasured({ bound, manual }: Detector): boolean {
  return bound && !manual;
}

/** How the detector is raised, as one fact: its kind, and whether a source measures it. */
function measuring(old: Detector, next: Detector): Change[] {
  const [before, after] = [raisedBy(old), raisedBy(next)];
  if (before === after) return [];
  return [
    {
      kind: 'detector',
      what: 'changed',
      text: `detector ${quote(next.text)} is ${after} instead of ${before}`,
      weight: weightOfGuard(isMeasured(old), isMeasured(next)),
      before,
      after,
      old: old.source,
      next: next.source,
    },
  ];
}

function raisedBy({ kind, bound, manual }: Detector): string {
  if (manual) return `raised by people (${kind})`;
  return bound ? `measured as ${kind}` : `measured by nothing (${kind})`;
}

function alone(detector: Detector, what: 'added' | 'removed'): Change {
  const { kind, text, threshold, source } = detector;
  const limit = threshold === undefined ? '' : ` ${thresholdText(threshold)}`;
  return {
    kind: 'detector',
    what,
    text: `detector ${what}: ${quote(text)} (${kind}${limit})`,
    weight: isMeasured(detector) ? weightOfGuard(what === 'removed', what === 'added') : 'neutral',
    ...(what === 'added' ? { after: text, next: source } : { before: text, old: source }),
  };
}
