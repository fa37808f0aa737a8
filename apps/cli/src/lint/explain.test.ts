import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LINT_CODES } from '@tocsin/runbook';
import { expect, it } from 'vitest';
import { explain } from './explain.ts';
import { PAGE_FOLDERS } from './lint-pages.ts';

it.each(LINT_CODES.map(({ code }) => code))('%s has a page', (code) => {
  expect(explain(code, PAGE_FOLDERS)).toEqual({ page: expect.stringContaining(`# ${code}: `) });
});

it('reads the pages that a package carries before those of the repository', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-pages-'));
  writeFileSync(join(folder, 'RB050.md'), '# packed\n');
  expect(explain('RB050', [folder, ...PAGE_FOLDERS])).toEqual({ page: '# packed' });
  expect(explain('RB051', [folder, ...PAGE_FOLDERS])).toEqual({ page: expect.stringContaining('# RB051') });
  rmSync(folder, { recursive: true });
});

it('says where a page was expected', () => {
  expect(explain('RB050', ['/nowhere'])).toEqual({
    wrong: 'RB050: Logs by selector without `--tail`. Its page is missing, expected RB050.md in /nowhere',
  });
});
