import type { Effect } from '../plan.ts';

const READING = new Set([
  'grep',
  'egrep',
  'fgrep',
  'head',
  'tail',
  'sort',
  'wc',
  'uniq',
  'cut',
  'tr',
  'jq',
  'yq',
  'column',
  'nl',
  'cat',
  'echo',
  'date',
  'true',
  'sleep',
]);

/** Effect of a text filter, or undefined when the program is none. */
export function filterEffect(program: string, args: string[]): Effect | undefined {
  if (!READING.has(program)) return undefined;
  if (program === 'sort' && args.some((arg) => /^(?:-[a-zA-Z]*o|--output|--compress-program)/.test(arg)))
    return 'mutate';
  if (program === 'uniq' && args.filter((arg) => !arg.startsWith('-')).length > 1) return 'mutate';
  if (program === 'yq' && args.some((arg) => /^(?:-i|--inplace)/.test(arg))) return 'mutate';
  if (program === 'date' && args.some((arg) => /^(?:-s|--set)/.test(arg))) return 'mutate';
  return 'read';
}
