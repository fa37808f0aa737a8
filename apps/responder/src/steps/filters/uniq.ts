import { readFilterOptions } from '@tocsin/runbook';
import { bodyOf, type ParsedFilter } from './filter.ts';
import { hasFlag } from './option-values.ts';

/** `uniq`: neighbouring equal lines once; `-c` counts, `-d` only repeated, `-u` only single, `-i` ignores case. */
export function parseUniq(args: readonly string[]): ParsedFilter {
  const read = readFilterOptions('uniq', args);
  if (read.problem !== undefined) return { problem: read.problem };
  const [counted, repeated, single, fold] = [...'cdui'].map((letter) => hasFlag(read.options, letter));
  const keyOf = (line: string): string => (fold === true ? line.toLowerCase() : line);
  let held: { line: string; count: number } | null = null;
  const flush = (emit: (text: string) => void): void => {
    if (held === null) return;
    const wanted = (repeated !== true || held.count > 1) && (single !== true || held.count === 1);
    if (wanted) emit(`${counted === true ? `${String(held.count).padStart(7)} ` : ''}${held.line}\n`);
  };
  return {
    filter: {
      push(text, emit) {
        const line = bodyOf(text);
        if (held !== null && keyOf(held.line) === keyOf(line)) held.count += 1;
        else {
          flush(emit);
          held = { line, count: 1 };
        }
        return 'more';
      },
      end(emit) {
        flush(emit);
        return 0;
      },
    },
  };
}
