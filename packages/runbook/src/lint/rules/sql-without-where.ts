import { sqlOfAction } from '../inner-command.ts';
import { actionRule } from '../rule.ts';

/** RB065: UPDATE or DELETE without WHERE changes every row, TRUNCATE and DROP take the table. */
export const sqlWithoutWhere = actionRule('RB065', 'warning', (action) => {
  const statement = sqlOfAction(action).find(takesAll);
  if (statement === undefined) return null;
  const [verb = ''] = statement.trim().toUpperCase().split(/\s/);
  const what = ['TRUNCATE', 'DROP'].includes(verb) ? 'takes all of it' : 'without WHERE changes every row';
  return {
    message: `${verb} ${what}`,
    suggestion: ['TRUNCATE', 'DROP'].includes(verb)
      ? 'a person, with a backup at hand: {"tocsin-manual":"WHY"}'
      : `${statement.trim().slice(0, 200)} WHERE ...`,
  };
});

function takesAll(statement: string): boolean {
  const text = statement.slice(0, 2000);
  if (/^\s*(?:truncate|drop)\b/i.test(text)) return true;
  return /^\s*(?:delete\s+from|update)\b/i.test(text) && !/\bwhere\b/i.test(text);
}
