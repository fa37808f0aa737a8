import type { Rule } from '../rule.ts';

/** RB015: a scenario without symptoms is not recognised, one without actions does not help. */
export const bareScenario: Rule = {
  code: 'RB015',
  level: 'warning',
  find: ({ plan }) =>
    plan.scenarios.flatMap(({ name, source, symptoms, actions }) => {
      const missing = [
        ...(symptoms.length === 0 ? ['symptoms'] : []),
        ...(actions.length === 0 ? ['commands'] : []),
      ];
      if (missing.length === 0) return [];
      const message = `scenario "${name}" has no ${missing.join(' and no ')}`;
      const suggestion = missing.includes('symptoms')
        ? '**Symptoms**: what is seen from outside'
        : '**Resolution**: and a bash fence with the commands';
      return [{ source, message, suggestion }];
    }),
};
