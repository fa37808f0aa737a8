/** Which options a filter knows, by their one-letter name; `long` maps `--name` to the letter. */
interface OptionTable {
  readonly flags: string;
  readonly valued: string;
  readonly long: Readonly<Record<string, string>>;
  /** Words that are no options and no files: the pattern of `grep`. */
  readonly words?: number;
  /** The old spelling of a count is known: `-20` for `-n 20`. */
  readonly plainCount?: boolean;
}

const ENDS: OptionTable = {
  flags: 'q',
  valued: 'nc',
  long: { lines: 'n', bytes: 'c', quiet: 'q' },
  plainCount: true,
};

const TABLES: Readonly<Record<string, OptionTable>> = {
  cut: {
    flags: 's',
    valued: 'dfcbO',
    long: {
      delimiter: 'd',
      fields: 'f',
      characters: 'c',
      bytes: 'b',
      'only-delimited': 's',
      'output-delimiter': 'O',
    },
  },
  grep: {
    flags: 'ivEFGcnowxqhs',
    valued: 'ABCem',
    long: {
      'ignore-case': 'i',
      'invert-match': 'v',
      'extended-regexp': 'E',
      'fixed-strings': 'F',
      'basic-regexp': 'G',
      count: 'c',
      'line-number': 'n',
      'only-matching': 'o',
      'word-regexp': 'w',
      'line-regexp': 'x',
      quiet: 'q',
      'no-messages': 's',
      'after-context': 'A',
      'before-context': 'B',
      context: 'C',
      regexp: 'e',
      'max-count': 'm',
    },
    words: 1,
  },
  head: ENDS,
  sort: {
    flags: 'rnufbs',
    valued: 'kt',
    long: {
      reverse: 'r',
      'numeric-sort': 'n',
      unique: 'u',
      'ignore-case': 'f',
      stable: 's',
      key: 'k',
      'field-separator': 't',
    },
  },
  tail: ENDS,
  uniq: {
    flags: 'cdui',
    valued: '',
    long: { count: 'c', repeated: 'd', unique: 'u', 'ignore-case': 'i' },
  },
  wc: { flags: 'lwcm', valued: '', long: { lines: 'l', words: 'w', bytes: 'c', chars: 'm' } },
};

/** The filters that run in-process, on what comes down the pipe; no other program stands behind a pipe. */
export const FILTER_NAMES: readonly string[] = Object.keys(TABLES);

/** One option of a filter by its letter; `value` is empty for a flag. */
export interface FilterOption {
  readonly name: string;
  readonly value: string;
}

/** A filter's options in order of appearance and its words; `problem` when it cannot run in-process, and why. */
export type FilterOptions =
  | {
      readonly options: readonly FilterOption[];
      readonly rest: readonly string[];
      readonly problem?: undefined;
    }
  | { readonly problem: string };

/** Reads a filter's arguments as GNU getopt does: clusters (`-iv`), joined values (`-n5`), `--long=value`, `--`. Files are refused. */
export function readFilterOptions(name: string, args: readonly string[]): FilterOptions {
  const table = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (table === undefined)
    return { problem: `filter "${name}" is not known; expected one of ${FILTER_NAMES.join(', ')}` };
  const read = readOptions(table.plainCount === true ? withoutPlainCount(args) : args, table);
  if (read.problem !== undefined) return { problem: `${name}: ${read.problem}` };
  const pattern = read.options.some((one) => one.name === 'e') ? 0 : (table.words ?? 0);
  const file = read.rest[pattern];
  return file === undefined
    ? read
    : { problem: `${name}: reading files is not supported (${file}): it reads the pipe` };
}

function readOptions(args: readonly string[], table: OptionTable): FilterOptions {
  const reading: Reading = { table, options: [], queue: [...args].toReversed() };
  const rest: string[] = [];
  for (let arg = reading.queue.pop(); arg !== undefined; arg = reading.queue.pop()) {
    if (arg === '--') {
      rest.push(...reading.queue.toReversed());
      break;
    }
    if (arg === '-' || !arg.startsWith('-')) {
      rest.push(arg);
      continue;
    }
    const problem = arg.startsWith('--') ? readLong(arg, reading) : readCluster(arg.slice(1), reading);
    if (problem !== null) return { problem };
  }
  return { options: reading.options, rest };
}

interface Reading {
  readonly table: OptionTable;
  readonly options: FilterOption[];
  /** Arguments still to be read, the next one last. */
  readonly queue: string[];
}

function readLong(arg: string, { table, options, queue }: Reading): string | null {
  const cut = arg.indexOf('=');
  const long = arg.slice(2, cut < 0 ? undefined : cut);
  const name = Object.hasOwn(table.long, long) ? table.long[long] : undefined;
  if (name === undefined) return `option ${arg} is not known`;
  if (table.flags.includes(name)) {
    options.push({ name, value: '' });
    return cut < 0 ? null : `option ${arg} takes no value`;
  }
  const value = cut < 0 ? queue.pop() : arg.slice(cut + 1);
  if (value === undefined) return `option ${arg} lacks its value`;
  options.push({ name, value });
  return null;
}

function readCluster(letters: string, { table, options, queue }: Reading): string | null {
  for (let i = 0; i < letters.length; i++) {
    const name = letters[i] ?? '';
    if (table.flags.includes(name)) {
      options.push({ name, value: '' });
      continue;
    }
    // `O` stands for --output-delimiter, which has no letter of its own.
    if (!table.valued.includes(name) || name === 'O') return `option -${name} is not known`;
    const joined = letters.slice(i + 1);
    const value = joined === '' ? queue.pop() : joined;
    if (value === undefined) return `option -${name} lacks its value`;
    options.push({ name, value });
    return null;
  }
  return null;
}

function withoutPlainCount(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, i) => {
    const isValue = i > 0 && /^-[nc]$|^--(?:lines|bytes)$/.test(args[i - 1] ?? '');
    return /^-\d+$/.test(arg) && !isValue ? ['-n', arg.slice(1)] : [arg];
  });
}
