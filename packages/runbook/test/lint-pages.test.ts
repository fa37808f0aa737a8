import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbooks, HEADING_ALIASES, LINT_CODES, lintRunbook, type Problem } from '../src/index.ts';
import { KNOWN_KEYS, SETTINGS } from '../src/annotations/known-keys.ts';
import { RULES } from '../src/lint/rules.ts';

const docs = new URL('../../../docs/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, docs), 'utf8');
const pages = readdirSync(new URL('lint/', docs)).filter((name) => name.startsWith('RB'));
const FOUND_OTHERWISE = [
  'RB003',
  'RB004',
  'RB005',
  'RB007',
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
      .split(`\n## ${part}\n`)[1]
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

/** Codes that an example hits. A text of one section lacks others, which only the page of RB009 is about. */
function codesOf(page: string, part: 'Bad' | 'Good', code: string): string[] {
  const codes = problemsOf(page, part).map((problem) => problem.code);
  return [...new Set(codes)].filter((hit) => hit === code || hit !== 'RB009');
}

describe('docs/lint', () => {
  it('has a page for every code, and no other', () => {
    const codes = [...new Set([...RULES.map((rule) => rule.code), ...FOUND_OTHERWISE])].toSorted();
    expect(LINT_CODES.map(({ code }) => code)).toEqual(codes);
    expect(pages.toSorted()).toEqual(codes.map((code) => `${code}.md`));
  });

  it('lists every code with its level and title', () => {
    const rows = LINT_CODES.map(
      ({ code, level, title }) => `| [${code}](${code}.md) | ${level} | ${title} |`,
    );
    expect(
      read('lint/README.md')
        .split('\n')
        .filter((line) => line.startsWith('| [RB')),
    ).toEqual(rows);
  });

  it.each(LINT_CODES)(
    '$code: page, list and rule give the same level and title',
    ({ code, level, title }) => {
      const page = read(`lint/${code}.md`);
      expect(page).toContain(`# ${code}: ${title}\n\nLevel: ${level}\n`);
      const rule = RULES.find((candidate) => candidate.code === code);
      expect(rule?.level ?? level).toBe(level);
    },
  );

  it.each(LINT_CODES)('$code shows a text that it alone hits', ({ code, level }) => {
    const page = read(`lint/${code}.md`);
    expect(codesOf(page, 'Bad', code)).toEqual([code]);
    const levels = problemsOf(page, 'Bad').filter((problem) => problem.code === code);
    expect(levels.map((problem) => problem.level)).toContain(level);
  });

  it.each(LINT_CODES)('$code shows a text that it does not hit', ({ code }) => {
    const hits = problemsOf(read(`lint/${code}.md`), 'Good').filter((hit) => hit.code === code);
    expect(hits).toEqual([]);
  });
});

describe('docs/runbook-language.md', () => {
  const page = read('runbook-language.md');

  it('publishes every heading that is understood, and no other', () => {
    const rows = page
      .split('\n')
      .filter((line) => /^\| [a-z-]+ \| /.test(line) && line.slice(2).split(' |')[0] !== 'topic');
    const expected = Object.entries(HEADING_ALIASES).map(
      ([topic, aliases]) => `| ${topic} | ${aliases.join(', ')} |`,
    );
    expect(rows.filter((row) => expected.includes(row) || row.split(' | ').length === 2)).toEqual(expected);
  });

  it('lists the keys of annotations that lint knows', () => {
    const table = page.split('| key | where | meaning |')[1] ?? '';
    const cells = Array.from(table.matchAll(/^\| ([^|]+) \|/gm), (match) => match[1] ?? '');
    const listed = cells.flatMap((cell) =>
      Array.from(cell.matchAll(/`([\w-]+)`/g), (match) => match[1] ?? ''),
    );
    const bare = listed.map((key) => key.replace(/^tocsin-/, ''));
    expect(bare.toSorted()).toEqual([...KNOWN_KEYS, ...SETTINGS].toSorted());
  });
});
