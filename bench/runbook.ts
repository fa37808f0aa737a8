import { readFileSync } from 'node:fs';
import { compileRunbook } from '../packages/runbook/src/index.ts';

const seed = readFileSync(
  new URL('../packages/runbook/test/fixtures/plain-outage-runbook.md', import.meta.url),
  'utf8',
);
const megabyte = 1_000_000;
const fence = '# Phase 1 (0-5 min)\n```sh\n';

/** Inputs of a megabyte that have no shape of a runbook: what a mistake, or malice, hands to the compiler. */
const pathological: Readonly<Record<string, string>> = {
  brackets: filled('['),
  stars: filled('*'),
  'less-than': filled('<'),
  pipes: filled('|'),
  backticks: filled('`'),
  backslashes: filled('\\'),
  quotes: filled('> '),
  'nested quotes': filled(`${'>'.repeat(200)} a\n`),
  'nested lists': Array.from({ length: 1400 }, (_, depth) => `${'  '.repeat(depth)}- a`)
    .join('\n')
    .slice(0, megabyte),
  'list marks': filled('- '),
  'one line': filled('word '),
  'one fence': fence + filled('kubectl get nodes -n platform\n'),
  'one statement': `${fence}kubectl get ${filled('pod ')}`,
  headings: filled('# a\n'),
  'timed headings': filled('## Look, 0-5 min\n'),
  'bold lines': filled('**Phase 1: Look (0-5 min)**\n\n'),
  paragraphs: `# Phase 1 (0-5 min)\n${filled('a\n\n')}`,
  'checklist lines': filled('- [ ] a\n'),
  tables: filled('| Time | Who |\n|---|---|\n| 0-5 min | a |\n\n'),
  sentences: `## Escalation\n\n${filled('After 5 minutes page the boss. '.repeat(100).concat('\n\n'))}`,
  annotations: filled('<!-- tocsin: {"allow":"RB001","because":"x"} -->\n- a\n\n'),
};

function filled(piece: string): string {
  return piece.repeat(Math.ceil(megabyte / piece.length)).slice(0, megabyte);
}

/** Wall time and processor time of one call, milliseconds; on a busy machine the second says more. */
function measured(call: () => unknown): { ms: number; cpuMs: number } {
  const cpu = process.cpuUsage();
  const from = performance.now();
  call();
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(cpu);
  return { ms: Math.round(ms * 10) / 10, cpuMs: Math.round((user + system) / 100) / 10 };
}

function median(runs: readonly { ms: number; cpuMs: number }[]): { ms: number; cpuMs: number } {
  const sorted = runs.toSorted((a, b) => a.ms - b.ms);
  return sorted[Math.floor(sorted.length / 2)] ?? { ms: Number.NaN, cpuMs: Number.NaN };
}

function repeated(times: number, call: () => unknown): { ms: number; cpuMs: number } {
  return median(Array.from({ length: times }, () => measured(call)));
}

/** Memory that a plan of that many megabytes of runbook holds, as megabytes; needs `node --expose-gc` to be exact. */
function heldMegabytes(megabytes: number): number {
  const text = filled(seed).repeat(megabytes);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const plan = compileRunbook(text);
  globalThis.gc?.();
  const held = process.memoryUsage().heapUsed - before;
  return plan.hash === '' ? Number.NaN : Math.round(held / 100_000) / 10;
}

/** The compiler: a runbook cold and warm, a megabyte of runbooks, memory by size, and inputs without shape. */
export function runbook(): Promise<object> {
  const cold = measured(() => compileRunbook(seed));
  const warm = repeated(51, () => compileRunbook(seed));
  const realistic = filled(seed);
  const large = repeated(5, () => compileRunbook(realistic));
  const heldMb = { 1: heldMegabytes(1), 2: heldMegabytes(2), 4: heldMegabytes(4) };
  const shapeless = Object.fromEntries(
    Object.entries(pathological).map(([name, text]) => [name, measured(() => compileRunbook(text))]),
  );
  return Promise.resolve({ cold, warm, megabyte: large, heldMb, shapeless });
}
