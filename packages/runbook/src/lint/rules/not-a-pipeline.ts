import { actionRule } from '../rule.ts';

/** RB042: only simple commands joined by pipes run; no shell is ever started. */
export const notAPipeline = actionRule('RB042', 'warning', (action) => {
  const isPlain = action.pipeline !== null;
  const reason = action.manual ?? '';
  if (isPlain && !/not a program|not among the filters|reads the file|without a URL/.test(reason))
    return null;
  return {
    message: `stays a step for a person: ${reason}`,
    suggestion: 'write each command as a statement of its own, joined by nothing but pipes',
  };
});
