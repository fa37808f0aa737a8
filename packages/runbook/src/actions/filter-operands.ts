import { parseArgs, type FlagTable } from '../effect/flags.ts';

/** Filters that the responder runs itself, on what comes down the pipe. */
export const FILTERS = new Set(['grep', 'head', 'tail', 'sort', 'wc']);

const NONE: FlagTable = { valued: new Set(), valuedLetters: '', switches: new Set() };
const TABLES: Record<string, FlagTable> = {
  grep: {
    ...NONE,
    valued: new Set([
      '--regexp',
      '--file',
      '--max-count',
      '--after-context',
      '--before-context',
      '--context',
    ]),
    valuedLetters: 'efmABC',
  },
  head: { ...NONE, valued: new Set(['--lines', '--bytes']), valuedLetters: 'nc' },
  tail: { ...NONE, valued: new Set(['--lines', '--bytes']), valuedLetters: 'nc' },
  sort: { ...NONE, valued: new Set(['--key', '--field-separator', '--buffer-size']), valuedLetters: 'ktSTo' },
  wc: NONE,
};

/** Names of files that a filter would read instead of its input. */
export function fileOperands(program: string, args: string[]): string[] {
  const parsed = parseArgs(args, TABLES[program] ?? NONE);
  const operands = [...parsed.words, ...(parsed.rest ?? [])];
  if (program !== 'grep') return operands.filter((word) => word !== '-');
  const fromFile = [...(parsed.flags.get('-f') ?? []), ...(parsed.flags.get('--file') ?? [])];
  const hasPattern = parsed.flags.has('-e') || parsed.flags.has('--regexp');
  return [...fromFile, ...operands.slice(hasPattern ? 0 : 1)].filter((word) => word !== '-');
}
