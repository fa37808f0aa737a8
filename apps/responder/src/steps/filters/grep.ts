import { readFilterOptions, type FilterOption } from '@tocsin/runbook';
import { bodyOf, type Filter, type ParsedFilter } from './filter.ts';
import { translatePattern, type PatternKind } from './posix-pattern.ts';
import { hasFlag, lastValue, wholeNumber } from './option-values.ts';

interface Grep {
  readonly pattern: RegExp;
  readonly invert: boolean;
  readonly count: boolean;
  readonly numbers: boolean;
  readonly only: boolean;
  readonly quiet: boolean;
  readonly before: number;
  readonly after: number;
  readonly max: number;
  /** `-v` with an empty pattern: nothing can be selected, and the real tool ends before it reads or counts. */
  readonly nothing: boolean;
}

/** `grep` on its standard input. Exit code 0 when a line was selected, 1 when none was: no failure. */
export function parseGrep(args: readonly string[]): ParsedFilter {
  const read = readFilterOptions('grep', args);
  if (read.problem !== undefined) return { problem: read.problem };
  const { options } = read;
  const given = options.filter((one) => one.name === 'e').map((one) => one.value);
  const patterns = given.length > 0 ? given : read.rest.slice(0, 1);
  if (patterns.length === 0) return { problem: 'grep: the pattern is missing' };
  const compiled = compile(patterns, options);
  if (typeof compiled === 'string') return { problem: `grep: ${compiled}` };
  const numbers = contextNumbers(options);
  if (numbers === null) return { problem: 'grep: -A, -B, -C and -m take a whole number' };
  const odd = oddCombination(options);
  if (odd !== null) return { problem: `grep: ${odd} is not supported` };
  const only = hasFlag(options, 'o');
  const flags = { only, invert: hasFlag(options, 'v'), count: hasFlag(options, 'c') };
  return {
    filter: grepFilter({
      ...flags,
      ...numbers,
      pattern: compiled,
      nothing: flags.invert && selectsEverything(patterns, options),
      numbers: hasFlag(options, 'n'),
      quiet: hasFlag(options, 'q'),
    }),
  };
}

/** Combinations in which the real tool prints what nobody would expect: separators alone, or empty lines. */
function oddCombination(options: readonly FilterOption[]): string | null {
  const context = options.some(({ name }) => 'ABC'.includes(name));
  if (context && hasFlag(options, 'o')) return '-o with context';
  return hasFlag(options, 'w') && hasFlag(options, 'x') ? '-w with -x' : null;
}

function selectsEverything(patterns: readonly string[], options: readonly FilterOption[]): boolean {
  return patterns.length === 1 && patterns[0] === '' && !hasFlag(options, 'w') && !hasFlag(options, 'x');
}

function compile(patterns: readonly string[], options: readonly FilterOption[]): RegExp | string {
  const letter = options.findLast((one) => 'EFG'.includes(one.name))?.name ?? 'G';
  const kind = kinds[letter] ?? 'basic';
  const sources: string[] = [];
  for (const one of patterns.flatMap((text) => text.split('\n'))) {
    const translated = translatePattern(one, kind);
    if (translated.problem !== undefined) return translated.problem;
    sources.push(`(?:${translated.source})`);
  }
  const source = bounded(sources.length > 1 ? `(?:${sources.join('|')})` : sources.join(''), options);
  try {
    return new RegExp(source, hasFlag(options, 'i') ? 'isug' : 'sug');
  } catch {
    return `pattern "${patterns.join(' ')}" is not understood`;
  }
}

const kinds: Readonly<Record<string, PatternKind>> = { E: 'extended', F: 'fixed', G: 'basic' };

function bounded(source: string, options: readonly FilterOption[]): string {
  if (hasFlag(options, 'x')) return `^${source}$`;
  if (hasFlag(options, 'w')) return String.raw`(?<![\p{L}\p{N}_])${source}(?![\p{L}\p{N}_])`;
  return source;
}

function contextNumbers(options: readonly FilterOption[]): Pick<Grep, 'before' | 'after' | 'max'> | null {
  const both = lastValue(options, 'C') ?? '0';
  const before = wholeNumber(lastValue(options, 'B') ?? both);
  const after = wholeNumber(lastValue(options, 'A') ?? both);
  const max = wholeNumber(lastValue(options, 'm') ?? '999999999');
  return before === null || after === null || max === null ? null : { before, after, max };
}

function grepFilter(grep: Grep): Filter {
  const recent: { text: string; number: number }[] = [];
  let number = 0;
  let selected = 0;
  let afterLeft = 0;
  let lastPrinted = 0;
  const printing = !grep.count && !grep.quiet;
  const write = (
    emit: (text: string) => void,
    line: { text: string; number: number; sign: string },
  ): void => {
    const gap = lastPrinted > 0 && line.number > lastPrinted + 1 && grep.before + grep.after > 0;
    if (gap) emit('--\n');
    lastPrinted = line.number;
    emit(`${grep.numbers ? `${line.number}${line.sign}` : ''}${line.text}\n`);
  };
  const select = (text: string, emit: (text: string) => void): void => {
    if (!printing) return;
    if (grep.only) {
      grep.pattern.lastIndex = 0;
      const found = grep.invert ? [] : [...text.matchAll(grep.pattern)].map((one) => one[0]);
      for (const one of found) if (one !== '') emit(`${grep.numbers ? `${number}:` : ''}${one}\n`);
      return;
    }
    for (const line of recent.splice(0)) write(emit, { ...line, sign: '-' });
    write(emit, { text, number, sign: ':' });
    afterLeft = grep.after;
  };
  const pass = (text: string, emit: (text: string) => void): void => {
    if (afterLeft > 0 && printing) {
      afterLeft -= 1;
      write(emit, { text, number, sign: '-' });
    } else if (grep.before > 0) {
      recent.push({ text, number });
      if (recent.length > grep.before) recent.shift();
    }
  };
  return {
    push(line, emit) {
      number += 1;
      const text = bodyOf(line);
      grep.pattern.lastIndex = 0;
      const hit = selected < grep.max && grep.pattern.test(text) !== grep.invert;
      if (hit) {
        selected += 1;
        select(text, emit);
      } else pass(text, emit);
      const full = selected >= grep.max && (afterLeft === 0 || !printing);
      return full || (grep.quiet && selected > 0) ? 'done' : 'more';
    },
    end(emit) {
      // With -m 0 the real tool ends before it counts, too.
      if (grep.count && !grep.quiet && grep.max > 0 && !grep.nothing) emit(`${selected}\n`);
      return selected > 0 ? 0 : 1;
    },
  };
}
