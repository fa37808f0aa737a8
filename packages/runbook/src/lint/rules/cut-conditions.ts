import { filtersOf } from '../commands.ts';
import { actionRule } from '../rule.ts';

/** A node's conditions take a header, a rule and five rows; Ready is the last. */
const ROWS = 7;

/** RB052: `grep -A 5 Conditions` ends before the row that says Ready. */
export const cutConditions = actionRule('RB052', 'warning', (action) => {
  const grep = filtersOf(action).find(
    (argv) => argv[0] === 'grep' && argv.some((arg) => /^conditions:?$/i.test(arg)),
  );
  if (grep === undefined) return null;
  const after = Number(/-A\s*(\d+)/.exec(grep.join(' '))?.[1] ?? '0');
  if (after >= ROWS) return null;
  return {
    message: `${after} lines after "Conditions" end before the Ready row`,
    suggestion: action.text.replace(/-A\s*\d+/, `-A ${ROWS + 1}`),
  };
});
