import { StringDecoder } from 'node:string_decoder';
import type { Filter } from '../filters/filter.ts';

/** A line longer than this is handed on in pieces, so that a stream without line ends cannot fill the memory. */
const longestLine = 1024 * 1024;

/** The in-process part of a pipeline: bytes in, lines through every filter, bytes out. */
export interface FilterChain {
  /** `done` when nothing that follows can change the output. */
  readonly push: (chunk: Buffer) => 'more' | 'done';
  /** The input has ended; answers the exit code of the last filter, 0 without filters. */
  readonly end: () => number;
}

/** Chains filters; `emit` takes what comes out of the last one. */
export function chainFilters(filters: readonly Filter[], emit: (text: string) => void): FilterChain {
  const decoder = new StringDecoder('utf8');
  const closed = filters.map(() => false);
  let rest = '';
  const into = (index: number, text: string): void => {
    const filter = filters[index];
    if (filter === undefined) emit(text);
    else if (closed[index] !== true && filter.push(text, (out) => into(index + 1, out)) === 'done')
      closed[index] = true;
  };
  const take = (text: string): void => {
    const lines = (rest + text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const last = lines.at(-1);
    const whole = last !== undefined && (last.endsWith('\n') || last.length > longestLine);
    rest = whole || last === undefined ? '' : last;
    for (const line of whole ? lines : lines.slice(0, -1)) into(0, line);
  };
  return {
    push(chunk) {
      take(decoder.write(chunk));
      // A later filter that is satisfied (head) closes the pipe for all before it.
      return closed.some(Boolean) ? 'done' : 'more';
    },
    end() {
      const tail = rest + decoder.end();
      rest = '';
      if (tail !== '') into(0, tail);
      let exitCode = 0;
      for (const [index, filter] of filters.entries()) exitCode = filter.end((out) => into(index + 1, out));
      return exitCode;
    },
  };
}
