import type { Rule } from '../rule.ts';

/** RB010: a detector that no source can measure never fires. */
export const unboundDetector: Rule = {
  code: 'RB010',
  level: 'warning',
  find: ({ plan }) =>
    plan.detectors
      .filter((detector) => !detector.bound)
      .map((detector) => ({
        source: detector.source,
        message: `no source measures "${detector.text}"; bind it with an annotation, or it never fires`,
        suggestion: '<!-- tocsin: {"kind":"error-rate"} --> above the item, with the kind that is meant',
      })),
};
