import { CAUSES, ownCause } from '../../sections/causes.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Rule } from '../rule.ts';

const KNOWN = new Set<string>(CAUSES);

/** RB016: what no diagnosis leads to is found only by a person who thinks of it. */
export const unreachableBranch: Rule = {
  code: 'RB016',
  level: 'info',
  find: ({ plan }) => {
    const parts = [
      ...plan.branches.map(({ when, ...branch }) => ({ ...branch, what: `branch "${when}"` })),
      ...plan.scenarios.map(({ name, ...scenario }) => ({ ...scenario, what: `scenario "${name}"` })),
    ];
    const own = new Set<string>(
      plan.scenarios.filter((one) => one.evidence !== undefined).map(({ id }) => ownCause(id)),
    );
    return parts.flatMap(({ what, causes, source, actions }) => {
      if (actions.length > 0 && causes.length === 0)
        return [
          {
            source,
            message: `no diagnosis leads to the ${what}: a person has to choose it`,
            suggestion:
              '<!-- tocsin: {"causes":"node-failure"} --> above the heading, with the cause that is meant',
          },
        ];
      return causes
        .filter((cause) => !KNOWN.has(cause) && !own.has(cause))
        .map((cause) => ({
          source,
          message: `${what}: "${cause}" is no cause that a diagnosis gives`,
          suggestion: `"causes":"${nearestWord(cause, KNOWN) ?? 'node-failure'}"`,
        }));
    });
  },
};
