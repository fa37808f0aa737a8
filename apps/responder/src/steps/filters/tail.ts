import { readFilterOptions } from '@tocsin/runbook';
import type { Filter, ParsedFilter } from './filter.ts';
import { lastValue, wholeNumber } from './option-values.ts';

/** `tail`: the last lines (`-n 20`, `-20`), from a line on (`-n +2`), or the last bytes (`-c`). `-f` is refused. */
export function parseTail(args: readonly string[]): ParsedFilter {
  const read = readFilterOptions('tail', args);
  if (read.problem !== undefined) return { problem: read.problem };
  const bytes = lastValue(read.options, 'c');
  const text = bytes ?? lastValue(read.options, 'n') ?? '10';
  const count = wholeNumber(text.replace(/^[-+]/, ''));
  if (count === null) return { problem: `tail: "${text}" is not a whole number` };
  if (bytes === undefined) return { filter: text.startsWith('+') ? fromLine(count) : lastLines(count) };
  return text.startsWith('+')
    ? { problem: 'tail: -c with a plus is not supported' }
    : { filter: lastBytes(count) };
}

function fromLine(first: number): Filter {
  let number = 0;
  return {
    push(line, emit) {
      number += 1;
      if (number >= first) emit(line);
      return 'more';
    },
    end: () => 0,
  };
}

function lastLines(count: number): Filter {
  let held: string[] = [];
  return {
    push(line) {
      held.push(line);
      // Trimmed in batches: shifting at every line would be quadratic.
      if (held.length > 2 * count + 64) held = count === 0 ? [] : held.slice(-count);
      return 'more';
    },
    end(emit) {
      if (count > 0) for (const line of held.slice(-count)) emit(line);
      return 0;
    },
  };
}

function lastBytes(count: number): Filter {
  let held = Buffer.alloc(0);
  return {
    push(line) {
      held = Buffer.concat([held, Buffer.from(line)]);
      held = held.subarray(Math.max(0, held.length - count));
      return 'more';
    },
    end(emit) {
      emit(held.toString());
      return 0;
    },
  };
}
