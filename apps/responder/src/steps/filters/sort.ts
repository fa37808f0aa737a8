import { readFilterOptions, type FilterOption } from '@tocsin/runbook';
import { bodyOf, type ParsedFilter } from './filter.ts';
import { hasFlag, lastValue } from './option-values.ts';

interface Key {
  readonly from: number;
  readonly to: number;
  readonly order: Order;
}

interface Order {
  readonly numeric: boolean;
  readonly reverse: boolean;
  readonly fold: boolean;
  readonly skipBlanks: boolean;
}

/** `sort` in the C locale (byte order): `-r -n -u -f -b -s`, `-t` and `-k FIELD[,FIELD][bfnr]`. */
export function parseSort(args: readonly string[]): ParsedFilter {
  const read = readFilterOptions('sort', args);
  if (read.problem !== undefined) return { problem: read.problem };
  const separator = lastValue(read.options, 't');
  if (separator !== undefined && separator.length !== 1) return { problem: 'sort: -t takes one character' };
  const whole = orderOf(read.options.map((one) => one.name).join(''));
  const keys = readKeys(read.options, whole);
  if (keys === null) return { problem: 'sort: -k takes FIELD or FIELD,FIELD with options b, f, n, r' };
  const unique = hasFlag(read.options, 'u');
  const compareKeys = comparison(keys, separator);
  const lastResort = !unique && !hasFlag(read.options, 's');
  const compare = (a: string, b: string): number =>
    compareKeys(a, b) || (lastResort ? compareBytes(a, b) * (whole.reverse ? -1 : 1) : 0);
  const lines: string[] = [];
  return {
    filter: {
      push(line) {
        lines.push(bodyOf(line));
        return 'more';
      },
      end(emit) {
        let previous: string | null = null;
        for (const line of lines.toSorted(compare)) {
          if (unique && previous !== null && compareKeys(previous, line) === 0) continue;
          previous = line;
          emit(`${line}\n`);
        }
        return 0;
      },
    },
  };
}

function orderOf(letters: string): Order {
  return {
    numeric: letters.includes('n'),
    reverse: letters.includes('r'),
    fold: letters.includes('f'),
    skipBlanks: letters.includes('b'),
  };
}

function readKeys(options: readonly FilterOption[], whole: Order): readonly Key[] | null {
  const keys: Key[] = [];
  for (const { value } of options.filter((one) => one.name === 'k')) {
    const match = /^([1-9]\d{0,4})([bfnr]*)(?:,([1-9]\d{0,4})([bfnr]*))?$/.exec(value);
    if (match === null) return null;
    const letters = `${match[2] ?? ''}${match[4] ?? ''}`;
    keys.push({
      from: Number(match[1]),
      to: match[3] === undefined ? Infinity : Number(match[3]),
      order: letters === '' ? whole : orderOf(letters),
    });
  }
  return keys.length > 0 ? keys : [{ from: 1, to: Infinity, order: whole }];
}

function comparison(keys: readonly Key[], separator: string | undefined): (a: string, b: string) => number {
  return (a, b) => {
    for (const key of keys) {
      const result = compareBy(key.order, field(a, key, separator), field(b, key, separator));
      if (result !== 0) return key.order.reverse ? -result : result;
    }
    return 0;
  };
}

/** Without -t a field begins with the blanks before it, as the real tool has it. */
function field(line: string, key: Key, separator: string | undefined): string {
  if (key.from === 1 && key.to === Infinity) return line;
  const fields =
    separator === undefined ? (line.match(/[ \t]*[^ \t]+|[ \t]+$/g) ?? []) : line.split(separator);
  return fields.slice(key.from - 1, key.to).join(separator ?? '');
}

function compareBy(order: Order, a: string, b: string): number {
  if (order.numeric) return leadingNumber(a) - leadingNumber(b);
  const left = order.skipBlanks ? a.trimStart() : a;
  const right = order.skipBlanks ? b.trimStart() : b;
  return order.fold ? compareBytes(left.toUpperCase(), right.toUpperCase()) : compareBytes(left, right);
}

function leadingNumber(text: string): number {
  return Number(/^[ \t]*(-?\d*(?:\.\d*)?)/.exec(text)?.[1]?.replace(/^(-?)\.?$/, '0') ?? '0');
}

function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
