import type { Effect } from '../plan.ts';

/** Tools that print what they are given; none of their options writes. */
const PRINTING = new Set(
  'grep egrep fgrep head tail wc cut tr jq column nl cat echo printf ls true false sleep pwd whoami uptime df du ps basename dirname diff cmp'.split(
    ' ',
  ),
);

/** Tools that print, unless one of their arguments looks like this. */
const UNLESS: ReadonlyMap<string, RegExp> = new Map([
  ['sort', /^(?:-[a-zA-Z]*[oT]|--(?:o|t|compress|files0))/],
  ['yq', /^(?:-[a-zA-Z]*[is]|--(?:in|split))/],
  ['date', /^(?:-[a-zA-Z]*s|--s|\d)/],
  ['rg', /^--(?:pre|hostname-bin)/],
  // A program that starts another, writes a file or comes from one; a comparison by > counts too.
  ['awk', /system|getline|[|>@]|^-[a-zA-Z]*[fileE]|^--/],
  // The commands e, w and W, and the flags e and w of s///, are letters that a plain text may hold as well.
  ['sed', /^-[a-zA-Z]*[if]|^--(?!quiet$|silent$|regexp-extended$)|^(?!--).*[ewW]/s],
  ['find', /^-(?:exec|ok|delete|fprint|fls)/],
]);

/** Effect of a text tool, or undefined when the program is none. */
export function textToolEffect(program: string, args: string[]): Effect | undefined {
  if (PRINTING.has(program)) return 'read';
  const unless = UNLESS.get(program);
  if (unless !== undefined) return args.some((arg) => unless.test(arg)) ? 'mutate' : 'read';
  if (program !== 'uniq') return undefined;
  return args.filter((arg) => !arg.startsWith('-')).length > 1 ? 'mutate' : 'read';
}
