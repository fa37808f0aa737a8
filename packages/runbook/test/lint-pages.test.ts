import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbooks, HEADING_ALIASES, lintRunbook, type Problem } from '../src/index.ts';
import { RULES } from '../src/lint/rules.ts';

const docs = new URL('../../../docs/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, docs), 'utf8');
const pages = readdirSync(new URL('lint/', docs)).filter((name) => name.startsWith('RB'));
const FOUND_WHILE_COMPILING = [
  'RB003',
  'RB004',
  'RB005',
  'RB011',
  'RB301',
  'RB302',
  'RB303',
  'RB310',
  'RB311',
];

/** A part of a page as a runbook: commands are put into a phase, Markdown stands as it is. */
function runbookOf(page: string, part: 'Bad' | 'Good'): string {
  const text =
    page
      .split(`## ${part}\n`)[1]
      ?.split(/\n## (?:Good|Bad)\n/)[0]
      ?.trim() ?? '';
  const fence = /^(`{3,4})markdown\n([^]*)\n\1$/.exec(text);
  return fence?.[2] ?? `## Phase 1: All (0-60 minutes)\n\n${text}\n`;
}

/** The problems of a part of a page: of one runbook, of one with its sidecar, or of several. */
function problemsOf(page: string, part: 'Bad' | 'Good'): Problem[] {
  const text = page.split(`## ${part}\n`)[1]?.split(/\n## (?:Good|Bad)\n/)[0] ?? '';
  const fences = Array.from(text.matchAll(/^(`{3,4})(markdown|yaml)\n([^]*?)\n\1$/gm));
  const of = (language: string): string[] =>
    fences.filter((fence) => fence[2] === language).map((fence) => fence[3] ?? '');
  const [sidecar] = of('yaml');
  const runbooks = of('markdown');
  if (sidecar === undefined && runbooks.length < 2) return lintRunbook(runbookOf(page, part));
  const beside = sidecar === undefined ? {} : { sidecar };
  return compileRunbooks(runbooks.map((markdown, index) => ({ file: `${index}.md`, markdown, ...beside })))
    .problems;
}

describe('docs/lint', () => {
  it('has a page for every code, and no other', () => {
    const codes = [...RULES.map((rule) => rule.code), ...FOUND_WHILE_COMPILING];
    expect(pages.toSorted()).toEqual([...new Set(codes)].map((code) => `${code}.md`).toSorted());
  });

  it.each(pages)('%s shows a text that it hits and one that it does not', (name) => {
    const page = read(`lint/${name}`);
    const code = name.replace('.md', '');
    const hits = (part: 'Bad' | 'Good') => problemsOf(page, part).filter((problem) => problem.code === code);
    expect(hits('Bad').length).toBeGreaterThan(0);
    expect(hits('Bad').some((problem) => page.includes(`Level: ${problem.level}`))).toBe(true);
    // A text of one section still lacks three others.
    expect(hits('Good')).toHaveLength(code === 'RB009' ? 3 : 0);
  });
});

describe('docs/runbook-language.md', () => {
  it('publishes every heading that is understood, and no other', () => {
    const rows = read('runbook-language.md')
      .split('\n')
      .filter((line) => /^\| [a-z-]+ \| /.test(line) && line.slice(2).split(' |')[0] !== 'topic');
    const expected = Object.entries(HEADING_ALIASES).map(
      ([topic, aliases]) => `| ${topic} | ${aliases.join(', ')} |`,
    );
    expect(rows.filter((row) => expected.includes(row) || row.split(' | ').length === 2)).toEqual(expected);
  });
});
