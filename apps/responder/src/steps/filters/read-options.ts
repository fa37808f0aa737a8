/** Which options a filter knows, by their one-letter name; `long` maps `--name` to the letter. */
export interface OptionTable {
  readonly flags: string;
  readonly valued: string;
  readonly long: Readonly<Record<string, string>>;
}

/** Options in order of appearance and what is left over; `problem` when one is unknown or lacks its value. */
export type ReadOptions =
  | { readonly options: readonly Option[]; readonly rest: readonly string[]; readonly problem?: undefined }
  | { readonly problem: string };

export interface Option {
  readonly name: string;
  readonly value: string;
}

/** Reads the arguments of a filter as GNU getopt does: clusters (`-iv`), joined values (`-n5`), `--long=value`, `--`. */
export function readOptions(args: readonly string[], table: OptionTable): ReadOptions {
  const options: Option[] = [];
  const rest: string[] = [];
  const queue = [...args];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (arg === '--') {
      rest.push(...queue);
      break;
    }
    if (arg === '-' || !arg.startsWith('-')) {
      rest.push(arg);
      continue;
    }
    const problem = arg.startsWith('--')
      ? readLong(arg, queue, { table, options })
      : readCluster(arg.slice(1), queue, { table, options });
    if (problem !== null) return { problem };
  }
  return { options, rest };
}

interface Reading {
  readonly table: OptionTable;
  readonly options: Option[];
}

function readLong(arg: string, queue: string[], { table, options }: Reading): string | null {
  const cut = arg.indexOf('=');
  const name = table.long[cut < 0 ? arg.slice(2) : arg.slice(2, cut)];
  if (name === undefined) return `option ${arg} is not known`;
  if (table.flags.includes(name)) {
    options.push({ name, value: '' });
    return cut < 0 ? null : `option ${arg} takes no value`;
  }
  const value = cut < 0 ? queue.shift() : arg.slice(cut + 1);
  if (value === undefined) return `option ${arg} lacks its value`;
  options.push({ name, value });
  return null;
}

function readCluster(letters: string, queue: string[], { table, options }: Reading): string | null {
  for (let i = 0; i < letters.length; i++) {
    const name = letters[i] ?? '';
    if (table.flags.includes(name)) {
      options.push({ name, value: '' });
      continue;
    }
    if (!table.valued.includes(name)) return `option -${name} is not known`;
    const joined = letters.slice(i + 1);
    const value = joined === '' ? queue.shift() : joined;
    if (value === undefined) return `option -${name} lacks its value`;
    options.push({ name, value });
    return null;
  }
  return null;
}

/** The last value given for an option, as the real tools take it. */
export function lastValue(options: readonly Option[], name: string): string | undefined {
  return options.findLast((one) => one.name === name)?.value;
}

/** True when a flag was given. */
export function hasFlag(options: readonly Option[], name: string): boolean {
  return options.some((one) => one.name === name);
}

/** A whole number of at most nine digits, or null. */
export function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
