import type { Rule } from '../rule.ts';
import { gapsAndOverlaps } from '../spans.ts';

/** RB002: the escalation intervals must cover the time from 0 on, each minute once. */
export const escalationIntervals: Rule = {
  code: 'RB002',
  level: 'error',
  find: ({ plan, document }) =>
    gapsAndOverlaps(
      document,
      plan.escalation.map((level) => ({ ...level, name: `level ${level.level}` })),
    ),
};
