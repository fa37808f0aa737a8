import type { Effect } from '../plan.ts';
import { parseArgs, type FlagTable, type ParsedArgs } from './flags.ts';

/** What is known of a program whose first words say what it does. */
export interface VerbTable {
  flags: FlagTable;
  /** A word, or two joined by a blank. */
  reads: ReadonlySet<string>;
  destroys: ReadonlySet<string>;
}

/** A set of verbs from words; `_` inside one stands for the blank between two. */
export function verbs(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map((word) => word.replaceAll('_', ' ')));
}

/** Effect by the first word or the first two; unknown ones, and unknown flags, count as a change. */
export function effectByVerb(args: string[], table: VerbTable): Effect {
  const parsed = parseArgs(args, table.flags);
  if (losesBy(parsed, table.destroys)) return 'destroy';
  if (parsed.unknown.length > 0) return 'mutate';
  return namesOf(parsed.words).some((name) => table.reads.has(name)) ? 'read' : 'mutate';
}

/** An unknown flag may have taken a word for its value, so that the verb is a later one. */
function losesBy(parsed: ParsedArgs, destroys: ReadonlySet<string>): boolean {
  const from = parsed.ambiguous ? parsed.words.map((_, at) => parsed.words.slice(at)) : [parsed.words];
  return from.some((words) => namesOf(words).some((name) => destroys.has(name)));
}

function namesOf([first = '', second = '']: string[]): string[] {
  return [first, `${first} ${second}`];
}
