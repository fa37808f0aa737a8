import type { Action } from '../../plan.ts';
import { filtersOf } from '../commands.ts';
import { actionRule } from '../rule.ts';

/** RB053: grep ends with 1 when nothing matches, which may be the good answer; head may end the pipe early. */
export const filterExit = actionRule('RB053', 'info', (action) => {
  if (action.noMatchOk === true) return null;
  const filter = filtersOf(action)
    .map((argv) => argv[0] ?? '')
    .find((name, index) => endsEarly(action, name, index));
  if (filter === undefined) return null;
  const what =
    filter === 'grep'
      ? 'grep ends with 1 when nothing matches: that is no failure'
      : 'head may end the pipe before its source has written all';
  return { message: what, suggestion: 'say so at the fence: {"tocsin-no-match":"ok"}' };
});

/** A grep with context cuts a section out of a report that is always there; without, it searches. */
function endsEarly(action: Action, name: string, index: number): boolean {
  if (name === 'head') return true;
  const argv = filtersOf(action)[index] ?? [];
  return name === 'grep' && !argv.some((arg) => /^-[ABC]/.test(arg) || arg.includes('context'));
}
