import type { Rule } from '../rule.ts';
import { sourceOfText } from '../source-of-text.ts';

/** RB014: a severity without criteria can only be guessed. */
export const bareSeverity: Rule = {
  code: 'RB014',
  level: 'warning',
  find: ({ plan, document }) =>
    plan.severities
      .filter((severity) => severity.criteria.every((criterion) => criterion.trim() === ''))
      .map(({ id, name }) => ({
        source: sourceOfText(document, name, id),
        message: `severity ${id} "${name}" has no criteria, expected at least one bullet below it`,
        suggestion: '- All tenants are affected',
      })),
};
