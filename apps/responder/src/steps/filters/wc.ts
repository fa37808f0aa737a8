import { readFilterOptions } from '@tocsin/runbook';
import type { ParsedFilter } from './filter.ts';
import { hasFlag } from './option-values.ts';

/** `wc` on its standard input: lines, words, bytes (`-l -w -c`) and characters (`-m`), in the real tool's columns. */
export function parseWc(args: readonly string[]): ParsedFilter {
  const read = readFilterOptions('wc', args);
  if (read.problem !== undefined) return { problem: read.problem };
  const asked = [...'lwmc'].filter((letter) => hasFlag(read.options, letter));
  const shown = asked.length > 0 ? asked : ['l', 'w', 'c'];
  const counts: Record<string, number> = { l: 0, w: 0, m: 0, c: 0 };
  const add = (letter: string, by: number): void => {
    counts[letter] = (counts[letter] ?? 0) + by;
  };
  return {
    filter: {
      push(line) {
        add('l', line.endsWith('\n') ? 1 : 0);
        add('w', line.match(/\S+/g)?.length ?? 0);
        add('m', [...line].length);
        add('c', Buffer.byteLength(line));
        return 'more';
      },
      end(emit) {
        const width = shown.length > 1 ? 7 : 0;
        emit(`${shown.map((letter) => String(counts[letter] ?? 0).padStart(width)).join(' ')}\n`);
        return 0;
      },
    },
  };
}
