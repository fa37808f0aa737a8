import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Command } from 'commander';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { registerPlan } from './register-plan.ts';

const repository = new URL('../../../../', import.meta.url).pathname;
const main = join(repository, 'apps/cli/src/main.ts');
const shipped = join(repository, 'runbooks/outage.md');
const text = readFileSync(shipped, 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tocsin-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs the command in this process. */
function tocsin(args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  const program = new Command('tocsin');
  registerPlan(program);
  program.parse(args, { from: 'user' });
  return { status: Number(process.exitCode ?? 0), stdout: out.join('\n'), stderr: err.join('\n') };
}

function write(name: string, markdown: string): string {
  const file = join(folder, name);
  writeFileSync(file, markdown);
  return file;
}

const edited = text
  .replace(
    '"tocsin-check":"fleet-healthy","tocsin-approvals":"2"',
    '"tocsin-check":"fleet-healthy","tocsin-approvals":"1"',
  )
  .replace('>5%', '>2%');

describe('tocsin plan --json', () => {
  it('names its schema, and keeps to the published one', () => {
    const { status, stdout } = tocsin(['plan', shipped, '--json']);
    const schema: Record<string, unknown> = JSON.parse(
      readFileSync(join(repository, 'docs/plan.schema.json'), 'utf8'),
    );
    const validate = new Ajv2020({ strict: true }).compile(schema);
    const plan: { schema: string } = JSON.parse(stdout);
    expect(validate(plan) ? [] : validate.errors).toEqual([]);
    expect([status, plan.schema]).toEqual([0, 'urn:tocsin:plan:1']);
  });
});

describe('tocsin plan --diff', () => {
  it('says what changes, the dangerous first, with both places', () => {
    const { status, stdout } = tocsin(['plan', '--diff', write('old.md', text), write('new.md', edited)]);
    expect(stdout.split('\n')).toEqual([
      '2 changes in behaviour, 1 weaker',
      'weaker   drain-node now needs 1 approval instead of 2',
      expect.stringMatching(/^ {9}\S*old\.md:\d+:1 -> \S*new\.md:\d+:1$/),
      'safer    error-rate threshold 5 % -> 2 %',
      expect.stringMatching(/^ {9}\S*old\.md:\d+:\d+ -> \S*new\.md:\d+:\d+$/),
    ]);
    expect(status).toBe(0);
    const page = readFileSync(join(repository, 'docs/plan.md'), 'utf8');
    expect(page).toContain(stdout.replaceAll(`${folder}/`, ''));
  });

  it('reads one of the two from the standard input, so that git can give it', () => {
    const args = [main, 'plan', '--diff', '-', write('new.md', edited), '--json'];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', input: text });
    const { old, next, changes } = JSON.parse(stdout);
    expect(old).toEqual({ file: '<stdin>', hash: expect.stringMatching(/^[0-9a-f]{64}$/), errors: 0 });
    expect(next).toMatchObject({ file: join(folder, 'new.md'), errors: 0 });
    expect(changes[0]).toEqual({
      kind: 'approvals',
      what: 'changed',
      text: 'drain-node now needs 1 approval instead of 2',
      weight: 'weaker',
      before: '2',
      after: '1',
      old: expect.objectContaining({ column: 1 }),
      next: expect.objectContaining({ column: 1 }),
    });
  });

  it.each([
    ['identical', text],
    [
      'prose only: nothing that runs changes',
      text.replace('# Outage Runbook\n', '# Outage Runbook\n\nRead me first.\n'),
    ],
  ])('says "%s"', (said, next) => {
    const args = ['plan', '--diff', '--exit-code', write('old.md', text), write('new.md', next)];
    expect(tocsin(args)).toEqual({ status: 0, stdout: said, stderr: '' });
  });

  it('ends with 1 on a change when asked to', () => {
    expect(
      tocsin(['plan', '--diff', '--exit-code', write('old.md', text), write('new.md', edited)]).status,
    ).toBe(1);
  });

  it('ends with 1 when one of them has errors, and says which', () => {
    const broken = text.replace('(0-5 minutes)', '(5-0 minutes)');
    const { status, stderr } = tocsin(['plan', '--diff', write('old.md', text), write('new.md', broken)]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/new\.md:\d+:\d+: RB004: window: found "\(5-0 minutes\)"/);
  });

  it.each([
    [['old.md'], /found 1 files, expected the old and the new runbook/],
    [['-', '-'], /one of the two runbooks, not both/],
  ])('refuses --diff with %j', (files, message) => {
    expect(() => tocsin(['plan', '--diff', ...files])).toThrow(message);
  });

  it('refuses two files without --diff', () => {
    expect(() => tocsin(['plan', 'a.md', 'b.md'])).toThrow(
      /found 2 files, expected one \(or --diff OLD NEW\)/,
    );
  });

  it('says which file cannot be read', () => {
    const { status, stderr } = tocsin(['plan', '--diff', write('old.md', text), join(folder, 'none.md')]);
    expect([status, stderr]).toEqual([2, `${join(folder, 'none.md')}: there is no such file`]);
  });
});
