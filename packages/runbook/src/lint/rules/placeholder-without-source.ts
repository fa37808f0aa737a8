import { isSecretPlaceholder } from '../../grammar/placeholder.ts';
import type { Plan } from '../../plan.ts';
import { rangeInAction } from '../rewrite.ts';
import { actionRule } from '../rule.ts';

/** Placeholders that a diagnosis fills: the name of the node that failed. */
const FROM_DIAGNOSIS = /^(?:[a-z]+-)*node(?:-name)?$/;

/** RB020: a placeholder that neither the diagnosis nor the document fills stops the step in the middle of the night. */
export const placeholderWithoutSource = actionRule('RB020', 'warning', (action, { plan, document }) => {
  const open = action.placeholders.filter((name) => !isFilled(name, plan));
  const first = open[0];
  if (first === undefined) return null;
  const names = open.map((name) => `<${name}>`).join(', ');
  const isSecret = isSecretPlaceholder(first);
  const hint = isSecret ? 'name a secret reference' : 'say where the value comes from';
  const from = action.text.indexOf(`<${first}>`);
  const value = isSecret ? `"secret-file:${first}"` : 'diagnosis';
  return {
    source: rangeInAction(document, action, from, from + first.length + 2),
    message: `${names} has no source: ${hint} in the front matter`,
    suggestion: `in the front matter: tocsin: { placeholders: { ${first}: ${value} } }`,
  };
});

function isFilled(name: string, plan: Plan): boolean {
  return FROM_DIAGNOSIS.test(name) || plan.settings[`placeholders.${name}`] !== undefined;
}
