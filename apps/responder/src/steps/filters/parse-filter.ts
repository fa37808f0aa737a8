import { FILTER_NAMES } from '@tocsin/runbook';
import { parseCut } from './cut.ts';
import type { ParsedFilter } from './filter.ts';
import { parseGrep } from './grep.ts';
import { parseHead } from './head.ts';
import { parseSort } from './sort.ts';
import { parseTail } from './tail.ts';
import { parseUniq } from './uniq.ts';
import { parseWc } from './wc.ts';

const filters: Readonly<Record<string, (args: readonly string[]) => ParsedFilter>> = {
  cut: parseCut,
  grep: parseGrep,
  head: parseHead,
  sort: parseSort,
  tail: parseTail,
  uniq: parseUniq,
  wc: parseWc,
};

/** The filter that an argv such as `['grep', '-i', 'error']` names, or why it cannot run here. */
export function parseFilter(argv: readonly string[]): ParsedFilter {
  const [name = '', ...args] = argv;
  const parse = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (parse === undefined)
    return { problem: `filter "${name}" is not known; expected one of ${FILTER_NAMES.join(', ')}` };
  return parse(args);
}
