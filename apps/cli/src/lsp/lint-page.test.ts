import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openLintPages, readLintPage } from './lint-page.ts';

describe('readLintPage', () => {
  it('takes the title and the first paragraph of the reason', () => {
    expect(
      readLintPage('# RB1: A title\n\nLevel: error\n\n## Why\n\nOne.\nTwo.\n\nThree.\n\n## Bad\n'),
    ).toEqual({
      title: 'RB1: A title',
      why: 'One.\nTwo.',
    });
  });

  it('is empty where a page has neither', () => {
    expect(readLintPage('nothing')).toEqual({ title: '', why: '' });
  });
});

describe('openLintPages', () => {
  const pageOf = openLintPages();
  const names = readdirSync(new URL('../../../../docs/lint/', import.meta.url));
  const codes = names.filter((name) => name.startsWith('RB')).map((name) => name.slice(0, -'.md'.length));

  it.each(codes)('finds %s with a title and a reason', (code) => {
    const page = pageOf(code);
    expect(page?.title).toContain(`${code}: `);
    expect(page?.why.length).toBeGreaterThan(20);
    expect(page?.href).toMatch(new RegExp(`^file:///.*/docs/lint/${code}\\.md$`));
  });

  it.each(['RB999', '../README', '', 'README'])('finds nothing for %j', (code) => {
    expect(pageOf(code)).toBeNull();
  });
});
