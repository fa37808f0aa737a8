import type { Filter } from './filter.ts';

/** Runs one filter over a whole text. */
export function runFilter(
  filter: Filter,
  input: string,
): { readonly output: string; readonly exitCode: number } {
  const out: string[] = [];
  const emit = (text: string): void => void out.push(text);
  for (const line of input.match(/[^\n]*\n|[^\n]+$/g) ?? []) if (filter.push(line, emit) === 'done') break;
  const exitCode = filter.end(emit);
  return { output: out.join(''), exitCode };
}
