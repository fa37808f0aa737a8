import { readFilterOptions } from '@tocsin/runbook';
import { bodyOf, type Filter, type ParsedFilter } from './filter.ts';
import { hasFlag, lastValue } from './option-values.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** `cut`: fields (`-d`, `-f`, `-s`) or bytes (`-c`, `-b`), each as a list such as `1,3-5,7-`. */
export function parseCut(args: readonly string[]): ParsedFilter {
  const read = readFilterOptions('cut', args);
  if (read.problem !== undefined) return { problem: read.problem };
  const lists = read.options.filter((one) => 'fcb'.includes(one.name));
  const [list] = lists;
  if (list === undefined || lists.length > 1) return { problem: 'cut: takes one of -f, -c, -b' };
  const ranges = readRanges(list.value);
  if (ranges === null) return { problem: `cut: list "${list.value}" is not understood` };
  const delimiter = lastValue(read.options, 'd') ?? '\t';
  if (delimiter.length !== 1) return { problem: 'cut: -d takes one character' };
  const joiner = lastValue(read.options, 'O');
  const only = hasFlag(read.options, 's');
  return {
    filter: lineFilter(
      list.name === 'f'
        ? (line) => pickFields(line, ranges, { delimiter, joiner: joiner ?? delimiter, only })
        : (line) => pickBytes(line, ranges, joiner ?? ''),
    ),
  };
}

function lineFilter(take: (line: string) => string | null): Filter {
  return {
    push(line, emit) {
      const text = take(bodyOf(line));
      if (text !== null) emit(`${text}\n`);
      return 'more';
    },
    end: () => 0,
  };
}

function readRanges(list: string): readonly Range[] | null {
  const ranges: Range[] = [];
  for (const part of list.split(',')) {
    const match = /^(\d{1,6})?(-)?(\d{1,6})?$/.exec(part);
    if (match === null || (match[1] === undefined && match[3] === undefined)) return null;
    const from = Number(match[1] ?? '1');
    const to = match[2] === undefined ? from : Number(match[3] ?? 'Infinity');
    if (from < 1 || to < from) return null;
    ranges.push({ from, to });
  }
  return ranges;
}

function inside(ranges: readonly Range[], position: number): boolean {
  return ranges.some((range) => position >= range.from && position <= range.to);
}

function pickFields(
  line: string,
  ranges: readonly Range[],
  how: { readonly delimiter: string; readonly joiner: string; readonly only: boolean },
): string | null {
  if (!line.includes(how.delimiter)) return how.only ? null : line;
  return line
    .split(how.delimiter)
    .filter((_, i) => inside(ranges, i + 1))
    .join(how.joiner);
}

/** With an output delimiter it stands between ranges, not between bytes. */
function pickBytes(line: string, ranges: readonly Range[], joiner: string): string {
  const bytes = Buffer.from(line);
  const runs: number[][] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (!inside(ranges, i + 1)) continue;
    const starts =
      runs.length === 0 || !inside(ranges, i) || (joiner !== '' && ranges.some((one) => one.from === i + 1));
    if (starts) runs.push([]);
    runs.at(-1)?.push(bytes[i] ?? 0);
  }
  return runs.map((run) => Buffer.from(run).toString()).join(joiner);
}
