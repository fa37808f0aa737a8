import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkRunbook } from './check-runbook.ts';

let folder: string;
let file: string;
let state: { tokensFile: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-check-'));
  file = join(folder, 'runbook.md');
  state = { tokensFile: join(folder, 'tokens.json') };
});
afterEach(() => rmSync(folder, { recursive: true }));

const good = '# R\n\n## Phase 1: Look (0-5 minutes)\n\n```bash\nkubectl get nodes\n```\n';
const bad = good.replace('(0-5', '(5-0');

it('refuses a broken or missing runbook at the first start, with the place', () => {
  expect(() => checkRunbook(file, state)).toThrow('there is no such file');
  writeFileSync(file, bad);
  expect(() => checkRunbook(file, state)).toThrow(`${file}:3:19: RB004: `);
  writeFileSync(file, good);
  expect(checkRunbook(file, state)).toBeNull();
});

it('warns, and goes on, where a responder was ready before', () => {
  writeFileSync(state.tokensFile, '{}');
  expect(checkRunbook(file, state)).toMatch(/there is no such file\n.*The version that was in use stays/);
  writeFileSync(file, bad);
  expect(checkRunbook(file, state)).toContain(`${file}:3:19: RB004: `);
});
