import { isSecretPlaceholder } from '../../grammar/placeholder.ts';
import type { Plan } from '../../plan.ts';
import { actionRule } from '../rule.ts';

/** Placeholders that a diagnosis fills: the name of the node that failed. */
const FROM_DIAGNOSIS = /^(?:[a-z]+-)*node(?:-name)?$/;

/** RB020: a placeholder that neither the diagnosis nor the document fills stops the step in the middle of the night. */
export const placeholderWithoutSource = actionRule('RB020', 'warning', (action, { plan }) => {
  const open = action.placeholders.filter((name) => !isFilled(name, plan));
  if (open.length === 0) return null;
  const names = open.map((name) => `<${name}>`).join(', ');
  const hint = isSecretPlaceholder(open[0] ?? '')
    ? 'name a secret reference'
    : 'say where the value comes from';
  return {
    message: `${names} has no source: ${hint} in the front matter`,
    suggestion: `tocsin: { placeholders: { ${open[0]}: ... } }`,
  };
});

function isFilled(name: string, plan: Plan): boolean {
  return FROM_DIAGNOSIS.test(name) || plan.settings[`placeholders.${name}`] !== undefined;
}
