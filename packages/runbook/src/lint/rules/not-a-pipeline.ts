import { actionRule } from '../rule.ts';
import { oddIn } from './odd-characters.ts';
import { wrongPlaceholders } from './capital-placeholder.ts';
import { sleepSeconds } from './waits-blindly.ts';

const NO_PROGRAM = /not a program|not among the filters|reading files is not|without a URL/;

/** RB042: only simple commands joined by pipes run; no shell is ever started. */
export const notAPipeline = actionRule('RB042', 'warning', (action) => {
  const reason = action.manual ?? '';
  if (action.pipeline !== null && !NO_PROGRAM.test(reason)) return null;
  // Those say more exactly what is wrong.
  if (action.pipeline === null && oddIn(action.text).length > 0) return null;
  if (sleepSeconds(action) !== null) return null;
  if (action.pipeline === null && wrongPlaceholders(action.text).length > 0) return null;
  return {
    message: `stays a step for a person: ${reason}`,
    suggestion: suggestionFor(reason),
  };
});

const ADVICE: [RegExp, string][] = [
  [/joins commands/, 'write each command as a statement of its own'],
  [/redirects/, 'leave the redirect out: what a command prints is kept with its step'],
  [/sets the variable|only sets/, 'write a <placeholder> in place of the variable'],
  [/expands/, 'write a <placeholder>, or the value itself, in place of the expansion'],
  [/background/, 'leave the & out: each command has its own time limit'],
  [
    /not a program/,
    'kubectl, curl, psql or redis-cli, or say that a person runs it: {"tocsin-manual":"WHY"}',
  ],
  [/without a URL/, 'give curl the address'],
];

function suggestionFor(reason: string): string {
  const advice = ADVICE.find(([words]) => words.test(reason))?.[1];
  return advice ?? 'write each command as a statement of its own, joined by nothing but pipes';
}
