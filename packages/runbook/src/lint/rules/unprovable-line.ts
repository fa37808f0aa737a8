import type { Rule } from '../rule.ts';

/** RB080: a checklist line that no recorded fact ticks has to be ticked by a person. */
export const unprovableLine: Rule = {
  code: 'RB080',
  level: 'info',
  find: ({ plan }) =>
    plan.checklist
      .filter((line) => line.evidence === undefined)
      .map(({ source, text }) => {
        const annotation = ' <!-- tocsin: {"evidence":"person"} -->';
        const { endLine, endColumn } = source;
        const at = { line: endLine, column: endColumn, endLine, endColumn };
        return {
          source,
          message: `no evidence ticks "${text}": a person has to`,
          suggestion: `${text}${annotation}`,
          fix: { ...at, text: annotation, safe: false },
        };
      }),
};
