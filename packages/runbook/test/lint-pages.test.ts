import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEADING_ALIASES, lintRunbook } from '../src/index.ts';
import { RULES } from '../src/lint/rules.ts';

const docs = new URL('../../../docs/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, docs), 'utf8');
const pages = readdirSync(new URL('lint/', docs)).filter((name) => name.startsWith('RB'));
const FOUND_WHILE_COMPILING = ['RB003', 'RB004', 'RB005', 'RB011'];

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

describe('docs/lint', () => {
  it('has a page for every code, and no other', () => {
    const codes = [...RULES.map((rule) => rule.code), ...FOUND_WHILE_COMPILING];
    expect(pages.toSorted()).toEqual([...new Set(codes)].map((code) => `${code}.md`).toSorted());
  });

  it.each(pages)('%s shows a text that it hits and one that it does not', (name) => {
    const page = read(`lint/${name}`);
    const code = name.replace('.md', '');
    const hits = (part: 'Bad' | 'Good') =>
      lintRunbook(runbookOf(page, part)).filter((problem) => problem.code === code);
    expect(hits('Bad').length).toBeGreaterThan(0);
    expect(hits('Bad').some((problem) => page.includes(`Level: ${problem.level}`))).toBe(true);
    // A text of one section still lacks three others.
    expect(hits('Good')).toHaveLength(code === 'RB009' ? 3 : 0);
  });
});

describe('docs/runbook-language.md', () => {
  it('publishes every heading that is understood', () => {
    const page = read('runbook-language.md');
    for (const alias of Object.values(HEADING_ALIASES).flat()) expect(page).toContain(alias);
  });
});
