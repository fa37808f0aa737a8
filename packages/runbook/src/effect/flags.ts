/** An argv taken apart: words that are no flags, flags with their values, and what follows `--`. */
export interface ParsedArgs {
  words: string[];
  flags: Map<string, string[]>;
  /** Arguments after `--`; null when there is no `--`. */
  rest: string[] | null;
  /** An unknown flag before the first word: what follows may be its value or the verb. */
  ambiguous: boolean;
}

/** Which flags take their value from the next argument, and which never do. */
export interface FlagTable {
  valued: Set<string>;
  /** Short letters that take a value, for clusters such as `-sXPOST`. */
  valuedLetters: string;
  /** Flags without value that may stand before the first word. */
  switches: Set<string>;
}

/** Splits arguments by the program's flag table. A value given with `=` always belongs to its flag. */
export function parseArgs(args: string[], table: FlagTable): ParsedArgs {
  const parsed: ParsedArgs = { words: [], flags: new Map(), rest: null, ambiguous: false };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      parsed.rest = args.slice(at + 1);
      break;
    }
    if (!arg.startsWith('-') || arg === '-') parsed.words.push(arg);
    else
      at += arg.startsWith('--')
        ? longFlag(arg, args[at + 1], parsed, table)
        : shortFlags(arg, args[at + 1], parsed, table);
  }
  return parsed;
}

/** Adds a long flag; returns how many further arguments it took. */
function longFlag(arg: string, next: string | undefined, parsed: ParsedArgs, table: FlagTable): number {
  const equals = arg.indexOf('=');
  if (equals > 0) {
    add(parsed, arg.slice(0, equals), arg.slice(equals + 1));
    return 0;
  }
  if (table.valued.has(arg)) {
    add(parsed, arg, next ?? '');
    return 1;
  }
  add(parsed, arg, '');
  if (parsed.words.length === 0 && !table.switches.has(arg)) parsed.ambiguous = true;
  return 0;
}

/** Adds a cluster of short flags; returns how many further arguments it took. */
function shortFlags(arg: string, next: string | undefined, parsed: ParsedArgs, table: FlagTable): number {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    const glued = arg.slice(at + 1);
    if (!table.valuedLetters.includes(letter)) {
      if (glued.startsWith('=')) {
        add(parsed, `-${letter}`, glued.slice(1));
        return 0;
      }
      add(parsed, `-${letter}`, '');
      continue;
    }
    add(parsed, `-${letter}`, glued === '' ? (next ?? '') : glued.replace(/^=/, ''));
    return glued === '' ? 1 : 0;
  }
  return 0;
}

function add(parsed: ParsedArgs, flag: string, value: string): void {
  parsed.flags.set(flag, [...(parsed.flags.get(flag) ?? []), value]);
}

/** True when one of these flags is set and not switched off by `=false`. */
export function hasFlag(parsed: ParsedArgs, ...names: string[]): boolean {
  return names.some((name) => parsed.flags.get(name)?.some((value) => value !== 'false') === true);
}

/** The last value of the first of these flags that is given. */
export function flagValue(parsed: ParsedArgs, ...names: string[]): string | undefined {
  const name = names.find((candidate) => parsed.flags.has(candidate));
  return name === undefined ? undefined : parsed.flags.get(name)?.at(-1);
}
