import type { Rule } from '../rule.ts';

/** RB013: an update that comes more rarely than the longest phase lasts lets whole phases pass in silence. */
export const slowCadence: Rule = {
  code: 'RB013',
  level: 'info',
  find: ({ plan }) => {
    const closed = plan.phases.flatMap(({ name, fromMinutes, toMinutes }) =>
      toMinutes === null ? [] : [{ name, lasts: toMinutes - fromMinutes }],
    );
    const longest = closed.toSorted((a, b) => b.lasts - a.lasts)[0];
    if (longest === undefined) return [];
    return plan.cadences
      .filter((cadence) => cadence.everyMinutes > longest.lasts)
      .map((cadence) => ({
        source: cadence.source,
        message: `${cadence.audience} hear every ${cadence.everyMinutes} min, but the longest phase, "${longest.name}", lasts ${longest.lasts} min: whole phases pass in silence`,
        suggestion: `every ${longest.lasts} minutes, or less`,
      }));
  },
};
