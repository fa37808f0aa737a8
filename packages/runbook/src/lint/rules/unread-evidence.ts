import { readScenarioEvidence } from '../../sections/scenario-evidence.ts';
import type { Rule } from '../rule.ts';

/** RB081: evidence that cannot be read would never find its cause, and nobody would know. */
export const unreadEvidence: Rule = {
  code: 'RB081',
  level: 'error',
  find: ({ document, plan }) => {
    const scenarios = new Set(plan.scenarios.map(({ source }) => source));
    return document.sections.flatMap(({ source, annotation = {} }) => {
      const read = scenarios.has(source) ? readScenarioEvidence(annotation) : undefined;
      return read !== undefined && 'wrong' in read ? [{ source, message: read.wrong }] : [];
    });
  },
};
