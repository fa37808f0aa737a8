import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerPlan } from '../plan/index.ts';
import { registerLint } from './index.ts';

let folder = '';
let out: string[] = [];
let err: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-lint-'));
  out = [];
  err = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void err.push(text));
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function tocsin(...args: string[]): number {
  const program = new Command('tocsin');
  registerLint(program);
  registerPlan(program);
  program.parse(args, { from: 'user' });
  return Number(process.exitCode ?? 0);
}

const GOOD = '# R\n\n## Phase 1: Look (0-5 minutes)\n\n```bash\nkubectl get nodes\n```\n';

describe('tocsin lint', () => {
  it('ends with 0 when nothing is wrong, and says so without colours', () => {
    const file = write(
      'good.md',
      `${GOOD}\n## Detection\n- Node failure\n## Severity\n- P0: all\n## Escalation\n- 0+ min: Tom\n## Contacts\n- Tom: 1\n`,
    );
    expect(tocsin('lint', file)).toBe(0);
    expect(out).toEqual(['no problems']);
  });

  it('prints errors like a compiler and ends with 1', () => {
    const file = write('bad.md', GOOD.replace('(0-5', '(5-0'));
    expect(tocsin('lint', file)).toBe(1);
    expect(out[0]).toContain(`${file}:3:19 error RB004 window: found "(5-0 minutes)"`);
  });

  it('prints JSON', () => {
    const file = write('bad.md', GOOD.replace('(0-5', '(5-0'));
    tocsin('lint', '--json', file);
    const { problems } = JSON.parse(out.join('\n'));
    expect(problems).toContainEqual({
      code: 'RB004',
      level: 'error',
      message: expect.stringContaining('expected'),
      file,
      line: 3,
      column: 19,
      endLine: 3,
      endColumn: 30,
    });
  });

  it('says which file cannot be read, checks the others, and ends with 2', () => {
    const bytes = write('bytes.md', new Uint8Array([0xff, 0xfe, 0x00]));
    expect(tocsin('lint', join(folder, 'none.md'), folder, bytes, write('good.md', GOOD))).toBe(2);
    expect(err).toEqual([
      `${join(folder, 'none.md')}: there is no such file`,
      `${folder}: it is a directory, expected a Markdown file`,
      `${bytes}: it is not UTF-8 text, expected a Markdown file`,
    ]);
    expect(out[0]).toContain('good.md');
  });
});

describe('a sidecar', () => {
  const BAD = 'bindings:\n  look-look-1:\n    hash: soon\n';

  it('is picked up by lint, and its mistakes carry its own name', () => {
    const file = write('good.md', GOOD);
    const sidecar = write('good.bind.yaml', BAD);
    expect(tocsin('lint', file)).toBe(1);
    expect(out[0]).toContain(`${sidecar}:3:5 error RB303 binding "look-look-1": found hash "soon"`);
  });

  it('that cannot be read is said', () => {
    const file = write('good.md', GOOD);
    const sidecar = write('good.bind.yaml', new Uint8Array([0xff, 0xfe, 0x00]));
    expect(tocsin('lint', file)).toBe(2);
    expect(err).toEqual([`${sidecar}: it is not UTF-8 text, expected YAML`]);
  });

  it('is printed by plan, and what it prints binds without a problem', () => {
    const file = write('good.md', GOOD);
    expect(tocsin('plan', file, '--sidecar')).toBe(0);
    const printed = out[0] ?? '';
    expect(printed).toMatch(/^ {2}# action: kubectl get nodes\n {2}look-look-1:\n {4}hash: "[0-9a-f]{16}"/m);
    write('good.bind.yaml', printed.replace(/(look-look-1:\n.*)/, '$1\n    timeout: 77s'));
    out = [];
    tocsin('plan', file, '--json');
    const plan = JSON.parse(out.join('\n'));
    expect(plan.phases[0].steps[0].actions[0].timeoutMs).toBe(77_000);
    expect(plan.problems.filter(({ code }: { code: string }) => code.startsWith('RB30'))).toEqual([]);
  });
});

const of = (service: string): string => `---\ntocsin: { service: ${service} }\n---\n${GOOD}`;

describe('several runbooks', () => {
  it('must not claim one service', () => {
    expect(tocsin('lint', write('a.md', of('shop')), write('b.md', of('pay')))).toBe(0);
    expect(tocsin('lint', write('a.md', of('shop')), write('b.md', of('shop')))).toBe(1);
    expect(out.join('\n')).toContain('b.md:2:1 error RB310 service "shop" is claimed by');
  });
});

describe('tocsin plan', () => {
  it('prints what runs, and when', () => {
    expect(tocsin('plan', write('good.md', GOOD))).toBe(0);
    expect(out[0]).toContain('Phase 1: Look (0-5 min)');
    expect(out[0]).toContain('read        kubectl get nodes');
  });

  it('prints the whole plan as JSON', () => {
    tocsin('plan', write('good.md', GOOD), '--json');
    const plan = JSON.parse(out.join('\n'));
    expect(plan.phases[0].steps[0].actions[0]).toMatchObject({
      pipeline: [['kubectl', 'get', 'nodes']],
      effect: 'read',
    });
  });

  it('ends with 2 when there is no such file', () => {
    expect(tocsin('plan', join(folder, 'none.md'))).toBe(2);
    expect(err[0]).toContain('there is no such file');
  });
});
