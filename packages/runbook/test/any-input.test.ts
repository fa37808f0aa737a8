import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRunbook } from '../src/index.ts';
import { misplaced, misquoted } from './facts.ts';

const plainRunbook = readFileSync(new URL('fixtures/plain-outage-runbook.md', import.meta.url), 'utf8');
const pieces = [
  ...plainRunbook.split('\n'),
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
const anyLine = fc.oneof(fc.constantFrom(...pieces), fc.string(), fc.string({ unit: 'binary' }));
const indented = fc
  .tuple(fc.constantFrom('', '  ', '   ', '    ', '> ', '- ', '1. '), anyLine)
  .map((parts) => parts.join(''));
const document = fc
  .tuple(fc.array(indented, { maxLength: 60 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, end]) => lines.join(end));

/** Text made of the constructs of the language, nested and quoted at random. */
const wording = fc.constantFrom(
  '## Phase 1: Look (0-5 min)',
  '### Act, 5 min to 2 h',
  '**Phase 3: Rest (2+ hours)**',
  '## Escalation',
  '## Severity',
  '## Alerts',
  '## Communication',
  '## Known issues',
  '#### If it is a node issue',
  '| Time | Level | Who |\n|---|---|---|\n| 0-5 min | L1 | Tom |\n| 5+ min | L2 | Eve \\| Max |',
  '| Severity | Meaning |\n|:-:|--:|\n| Critical | all |\n| Low | few |',
  'After 10 minutes page the lead. After 1 hour call the\ndirector, at once.',
  '0-10 minutes: First\n10+ minutes: Second',
  '- error rate > 5%\n- p99 > 800ms\n- load > 50 req',
  '- Customers: every 15-30 minutes',
  '1. **Look**:\n   ```bash\n   # all\n   kubectl get pods -n a \\\n     -o wide | head -3\n   ```',
  '- a\n\t```sh\n\tkubectl get nodes\n\t```',
  '~~~console\n$ kubectl get pod x\nx 1/1\n~~~',
  '```bash {"name":"x","tocsin-approvals":"2"}\nkubectl delete pod <pod-name> -n a\n```',
  '<!-- tocsin: {"kind":"latency"} -->',
  '- [ ] Root cause found',
  '<details>',
  '\\- \\*escaped\\* 0\\-5 min',
);
const nested = fc
  .array(fc.tuple(fc.constantFrom('', '', '', '> ', '- ', '1. ', '   ', '\t', '  '), wording), {
    maxLength: 25,
  })
  .map((blocks) =>
    blocks
      .map(([lead, block]) => {
        const [first = '', ...rest] = block.split('\n');
        const more = lead === '> ' ? lead : lead.replace(/\S/g, ' ');
        return [`${lead}${first}`, ...rest.map((text) => `${more}${text}`)].join('\n');
      })
      .join('\n\n'),
  );
const constructs = fc
  .tuple(nested, fc.constantFrom('\n', '\r\n', '\r'))
  .map(([markdown, end]) => markdown.replaceAll('\n', end));

/** The plain runbook with lines and characters deleted, doubled and swapped. */
const change = fc.record({
  what: fc.constantFrom('drop', 'double', 'swap', 'cut', 'put'),
  at: fc.nat(),
  to: fc.nat(),
  character: fc.constantFrom('#', '`', '|', '>', '<', '-', '\t', '(', ')', '%', '"', '\\', '\u0000', 'é'),
});
const mutated = fc.array(change, { minLength: 1, maxLength: 20 }).map((changes) => {
  let lines = plainRunbook.split('\n');
  for (const { what, at, to, character } of changes) {
    const index = at % lines.length;
    const line = lines[index] ?? '';
    const column = to % (line.length + 1);
    if (what === 'drop') lines = lines.toSpliced(index, 1);
    else if (what === 'double') lines = lines.toSpliced(index, 0, line);
    else if (what === 'swap')
      lines = lines.with(index, lines[to % lines.length] ?? '').with(to % lines.length, line);
    else if (what === 'cut') lines = lines.with(index, line.slice(0, column) + line.slice(column + 1));
    else lines = lines.with(index, line.slice(0, column) + character + line.slice(column));
  }
  return lines.join('\n');
});

describe('any input', () => {
  it.each([
    ['lines of all kinds', document, 400],
    ['nested constructs', constructs, 400],
    ['a runbook with mistakes', mutated, 150],
  ])('%s: the places are in the text, and hold each command as it is', (_, markdowns, numRuns) => {
    fc.assert(
      fc.property(markdowns, (markdown) => {
        const plan = compileRunbook(markdown, { file: 'any.md' });
        expect(misplaced(markdown, plan)).toEqual([]);
        expect(misquoted(markdown, plan)).toEqual([]);
        expect(plan.problems.every((problem) => problem.file === 'any.md')).toBe(true);
      }),
      { numRuns },
    );
  });

  it('as a sidecar gives problems with places in it', () => {
    const yaml = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .array(
          fc.constantFrom(
            'bindings:',
            '  look-1:',
            '    hash: "0123456789abcdef"',
            '    approvals: 1',
            '  a: {hash: x, effect: [',
            '&a *a',
            'headings: {escalation: [x]}',
            '\t- : :',
            '---',
            '%YAML 9',
            '!!js/function x',
            '? {a: b}',
            '__proto__: {x: y}',
          ),
        )
        .map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(yaml, (sidecar) => {
        const plan = compileRunbook(plainRunbook, { file: 'a.md', sidecar });
        const own = plan.problems.filter((problem) => problem.file === 'a.bind.yaml');
        const lines = sidecar.split('\n');
        for (const { line: at, column, endLine } of own) {
          expect(at).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeLessThanOrEqual(Math.max(lines.length, 1));
          expect(column).toBeLessThanOrEqual((lines[at - 1] ?? '').length + 1);
        }
      }),
      { numRuns: 200 },
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
    ['runbooks', plainRunbook],
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
