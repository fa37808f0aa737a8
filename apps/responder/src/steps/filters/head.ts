import { readFilterOptions } from '@tocsin/runbook';
import type { Filter, ParsedFilter } from './filter.ts';
import { lastValue, wholeNumber } from './option-values.ts';

/** `head`: the first lines (`-n 20`, `-20`), all but the last (`-n -3`), or the first bytes (`-c`). It closes the pipe. */
export function parseHead(args: readonly string[]): ParsedFilter {
  const read = readFilterOptions('head', args);
  if (read.problem !== undefined) return { problem: read.problem };
  const bytes = lastValue(read.options, 'c');
  const lines = lastValue(read.options, 'n') ?? '10';
  const count = wholeNumber((bytes ?? lines).replace(/^-/, ''));
  if (count === null) return { problem: `head: "${bytes ?? lines}" is not a whole number` };
  if (bytes !== undefined)
    return bytes.startsWith('-')
      ? { problem: 'head: -c with a negative number is not supported' }
      : { filter: firstBytes(count) };
  return { filter: lines.startsWith('-') ? allButLast(count) : firstLines(count) };
}

function firstLines(count: number): Filter {
  let seen = 0;
  return {
    push(line, emit) {
      if (seen < count) emit(line);
      seen += 1;
      return seen >= count ? 'done' : 'more';
    },
    end: () => 0,
  };
}

function allButLast(count: number): Filter {
  const held: string[] = [];
  return {
    push(line, emit) {
      held.push(line);
      if (held.length > count) emit(held.shift() ?? '');
      return 'more';
    },
    end: () => 0,
  };
}

function firstBytes(count: number): Filter {
  let left = count;
  return {
    push(line, emit) {
      const bytes = Buffer.from(line);
      emit(bytes.subarray(0, left).toString());
      left = Math.max(0, left - bytes.length);
      return left === 0 ? 'done' : 'more';
    },
    end: () => 0,
  };
}
