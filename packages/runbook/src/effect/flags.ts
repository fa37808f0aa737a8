/** An argv taken apart: words that are no flags, flags with their values, and what follows `--`. */
export interface ParsedArgs {
  words: string[];
  flags: Map<string, string[]>;
  /** Arguments after `--`; null when there is no `--`. */
  rest: string[] | null;
  /** Flags that the table does not know: whether they take the next argument is not known either. */
  unknown: string[];
  /** An unknown flag before the first word: what follows may be its value or the verb. */
  ambiguous: boolean;
}

/** Which flags take their value from the next argument, and which never do. */
export interface FlagTable {
  valued: ReadonlySet<string>;
  /** Short letters that take a value, for clusters such as `-sXPOST`. */
  valuedLetters: string;
  /** Flags without value, or with one only behind `=`; short ones with their dash. */
  switches: ReadonlySet<string>;
  /** Those of the switches that may stand before the first word; all of them unless given. */
  leading?: ReadonlySet<string>;
}

/** A table from words, short flags with their dash: `flagTable('--output -o', '--quiet -q')`. */
export function flagTable(valued: string, switches: string, leading?: string): FlagTable {
  const names = valued.split(' ').filter((name) => name !== '');
  const letters = names.filter((name) => name.length === 2).map((name) => name.charAt(1));
  return {
    valued: new Set(names.filter((name) => name.length > 2)),
    valuedLetters: letters.join(''),
    switches: new Set(switches.split(' ')),
    ...(leading === undefined ? {} : { leading: new Set(leading.split(' ')) }),
  };
}

/** Splits arguments by the program's flag table. A value given with `=` always belongs to its flag. */
export function parseArgs(args: string[], table: FlagTable): ParsedArgs {
  const parsed: ParsedArgs = { words: [], flags: new Map(), rest: null, unknown: [], ambiguous: false };
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

/** Where the first word stands, for programs that take all behind it as their command's; `unknown`: it may stand elsewhere. */
export function firstWord(args: string[], table: FlagTable): { index: number; unknown: boolean } {
  let unknown = false;
  let index = 0;
  for (let arg = args[0]; arg !== undefined && isFlag(arg); arg = args[index]) {
    index += 1;
    if (arg === '--') break;
    const kind = kindOfFlag(arg, table);
    unknown ||= kind === 'unknown';
    if (kind === 'takes the next') index += 1;
  }
  return { index, unknown };
}

function isFlag(arg: string): boolean {
  return arg.startsWith('-') && arg !== '-';
}

function kindOfFlag(arg: string, table: FlagTable): 'takes the next' | 'alone' | 'unknown' {
  const isLetter = !arg.startsWith('--') && table.valuedLetters.includes(arg.charAt(1));
  if (table.valued.has(arg) || (isLetter && arg.length === 2)) return 'takes the next';
  const name = arg.replace(/=[^]*$/, '');
  return isLetter || table.switches.has(arg) || table.valued.has(name) ? 'alone' : 'unknown';
}

/** Adds a long flag; returns how many further arguments it took. */
function longFlag(arg: string, next: string | undefined, parsed: ParsedArgs, table: FlagTable): number {
  const equals = arg.indexOf('=');
  const name = equals > 0 ? arg.slice(0, equals) : arg;
  if (equals > 0) {
    add(parsed, name, arg.slice(equals + 1));
    if (!table.valued.has(name) && !table.switches.has(name)) parsed.unknown.push(name);
    return 0;
  }
  if (table.valued.has(name)) {
    add(parsed, name, next ?? '');
    return 1;
  }
  addSwitch(parsed, name, table);
  return 0;
}

/** Adds a cluster of short flags; returns how many further arguments it took. */
function shortFlags(arg: string, next: string | undefined, parsed: ParsedArgs, table: FlagTable): number {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    const glued = arg.slice(at + 1);
    if (!table.valuedLetters.includes(letter)) {
      if (glued.startsWith('=')) {
        addSwitch(parsed, `-${letter}`, table, glued.slice(1));
        return 0;
      }
      addSwitch(parsed, `-${letter}`, table);
      continue;
    }
    add(parsed, `-${letter}`, glued === '' ? (next ?? '') : glued.replace(/^=/, ''));
    return glued === '' ? 1 : 0;
  }
  return 0;
}

function addSwitch(parsed: ParsedArgs, name: string, table: FlagTable, value = ''): void {
  add(parsed, name, value);
  if (!table.switches.has(name)) parsed.unknown.push(name);
  const leads = parsed.words.length === 0;
  if (leads && !(table.leading ?? table.switches).has(name)) parsed.ambiguous = true;
}

function add(parsed: ParsedArgs, flag: string, value: string): void {
  const values = parsed.flags.get(flag);
  if (values === undefined) parsed.flags.set(flag, [value]);
  else values.push(value);
}

/** True when one of these flags is set and not switched off by `=false`. */
export function hasFlag(parsed: ParsedArgs, ...names: string[]): boolean {
  return names.some((name) => parsed.flags.get(name)?.some((value) => value !== 'false') === true);
}

const TRUE = new Set(['', '1', 't', 'T', 'true', 'TRUE', 'True']);

/** True when every time this switch is given it says yes: for switches that make a command harmless. */
export function isSurelyOn(parsed: ParsedArgs, name: string): boolean {
  return parsed.flags.get(name)?.every((value) => TRUE.has(value)) === true;
}

/** The last value of the first of these flags that is given. */
export function flagValue(parsed: ParsedArgs, ...names: string[]): string | undefined {
  const name = names.find((candidate) => parsed.flags.has(candidate));
  return name === undefined ? undefined : parsed.flags.get(name)?.at(-1);
}

/** Every value given to any of these flags. */
export function flagValues(parsed: ParsedArgs, ...names: string[]): string[] {
  return names.flatMap((name) => parsed.flags.get(name) ?? []);
}
