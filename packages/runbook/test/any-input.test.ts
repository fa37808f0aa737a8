import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRunbook, type Plan, type SourceRange } from '../src/index.ts';

const text = readFileSync(new URL('fixtures/plain-outage-runbook.md', import.meta.url), 'utf8');
const pieces = [
  ...text.split('\n'),
  '---',
  'tocsin: {',
  '<!-- tocsin: {"allow":"RB001"} -->',
  '<!-- tocsin: ',
  '```bash {"name":"a"}',
  '````',
  '> - [ ] x',
  '\t1. **a**',
  '| a',
  '# Phase 9 (9-9 s)',
  '## Escalation',
  '- 5+ min: x',
  "kubectl 'get",
  '(>%)',
  '\u0000',
  '\uE000\uE100',
  '\u2028',
];
const line = fc.oneof(fc.constantFrom(...pieces), fc.string(), fc.string({ unit: 'binary' }));
const indented = fc
  .tuple(fc.constantFrom('', '  ', '   ', '    ', '> ', '- ', '1. '), line)
  .map((parts) => parts.join(''));
const document = fc
  .tuple(fc.array(indented, { maxLength: 60 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, end]) => lines.join(end));

function rangesOf(plan: Plan): SourceRange[] {
  const parts = [
    plan.phases,
    plan.branches,
    plan.scenarios,
    plan.detectors,
    plan.escalation,
    plan.checklist,
    plan.contacts,
  ].flat();
  const actions = [
    ...plan.phases.flatMap((phase) => phase.steps),
    ...plan.branches,
    ...plan.scenarios,
  ].flatMap((part) => part.actions);
  return [...[...parts, ...actions].map((part) => part.source), ...plan.problems];
}

/** Ranges that do not lie in the text. */
function misplaced(markdown: string, plan: Plan): SourceRange[] {
  const lines = markdown.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const lengthOf = (number: number): number => (lines[number - 1] ?? '').length;
  return rangesOf(plan).filter(({ line: from, column, endLine, endColumn }) => {
    const startsInside = from >= 1 && column >= 1 && column <= lengthOf(from) + 1;
    const endsInside = endLine <= lines.length && endColumn <= lengthOf(endLine) + 1;
    const isForward = from < endLine || (from === endLine && column <= endColumn);
    return !(startsInside && endsInside && isForward);
  });
}

describe('any input', () => {
  it('gives a plan whose places are in the text', () => {
    fc.assert(
      fc.property(document, (markdown) => {
        expect(misplaced(markdown, compileRunbook(markdown))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same plan again', () => {
    fc.assert(
      fc.property(document, (markdown) => {
        expect(compileRunbook(markdown)).toEqual(compileRunbook(markdown));
      }),
      { numRuns: 50 },
    );
  });

  // A quadratic path would take minutes here; the limit is that of the test itself.
  it.each([
    ['runbooks', text],
    ['phases', '### Phase 1: A (0-5 minutes)\n'],
    ['branches', '#### If it is a Node Issue\n```bash\nkubectl get nodes\n```\n'],
    ['statements in one fence', 'kubectl get nodes\n'],
    ['scenarios', '## Scenarios\n### A\n'],
    ['nested lists', '1. a\n   - b\n'],
    ['checklist lines', '- [ ] a\n'],
    ['tables', '| Time | Who |\n|---|---|\n| 0-5 min | a |\n\n'],
    ['escalation rows', '| 0-5 min | a |\n'],
    ['comments', '<!-- tocsin: {"a":"b"} -->\n'],
    ['open comments', '<!-- tocsin: '],
    ['brackets', '[(<`*_'],
    ['quotes', '> '],
    ['placeholders', '<a>'],
    ['temporary pods', 'kubectl run a\n'],
    ['restarts', 'kubectl rollout restart deploy/a\n'],
    ['spaces', ' '],
    ['a secret', 'PASSWORD'],
    ['one SQL statement', 'count'],
    ['statements in one line', 'kubectl get nodes;'],
    ['one word of dollars', '$%'],
    ['one word of brackets', '{'],
    ['one word of backslashes', '\\\\'],
    ['meant placeholders', '<A '],
    ['one patch', '/spec/replicas'],
    ['wrappers', 'sudo '],
    ['redis options', '-n 1 '],
    ['one time', '1 '],
  ])('reads a megabyte of %s', (name, piece) => {
    const heads: Record<string, string> = {
      'statements in one fence': '# Phase 1 (0-5 min)\n```sh\n',
      'temporary pods': '# Phase 1 (0-5 min)\n```sh\n',
      'a secret': '# Phase 1 (0-5 min)\n```sh\nkubectl run a --env=',
      'one SQL statement': '# Phase 1 (0-5 min)\n```sh\npsql -c select',
      'one time': '## Escalation\n- ',
      'statements in one line': '# Phase 1 (0-5 min)\n```sh\n',
      'one word of dollars': '# Phase 1 (0-5 min)\n```sh\nkubectl get ',
      'one word of brackets': '# Phase 1 (0-5 min)\n```sh\nkubectl get ',
      'one word of backslashes': '# Phase 1 (0-5 min)\n```sh\nkubectl get ',
      'meant placeholders': '# Phase 1 (0-5 min)\n```sh\nkubectl get ',
      'one patch': '# Phase 1 (0-5 min)\n```sh\nkubectl patch a -p ',
      wrappers: '# Phase 1 (0-5 min)\n```sh\n',
      'redis options': '# Phase 1 (0-5 min)\n```sh\nredis-cli ',
      restarts: '# Phase 1 (0-5 min)\n```sh\n',
      'escalation rows': '## Escalation\n| Time | Who |\n|---|---|\n',
    };
    const markdown = (heads[name] ?? '') + piece.repeat(Math.ceil(1_000_000 / piece.length));
    const startedAt = performance.now();
    expect(compileRunbook(markdown).hash).toHaveLength(64);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});
