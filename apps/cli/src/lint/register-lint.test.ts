import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
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
  program.exitOverride().configureOutput({ writeErr: (text) => void err.push(text.trim()) });
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return 2;
    throw error;
  }
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
    expect(out.join('\n')).toContain(`${file}:3:19: error RB004: window: found "(5-0 minutes)"`);
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

const WARNED = `${GOOD.replace('get nodes', 'logs -l app=a')}## Contacts\n- Tom: [Phone number]\n`;

describe('tocsin lint --max-warnings', () => {
  it.each([
    ['0', 1],
    ['1', 1],
    ['2', 0],
    ['-1', 2],
    ['many', 2],
  ])('%s ends with %i where there are two', (most, expected) => {
    expect(tocsin('lint', write('warned.md', WARNED), '--max-warnings', most)).toBe(expected);
  });

  it('says how many there were', () => {
    tocsin('lint', write('warned.md', WARNED), '--max-warnings', '1');
    expect(err).toEqual(['2 warnings, expected at most 1']);
  });
});

describe('tocsin lint --fix', () => {
  it('writes the safe fixes, says what it changed and what is left, and keeps the mode', () => {
    const file = write('warned.md', WARNED);
    chmodSync(file, 0o640);
    expect(tocsin('lint', '--fix', file)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(WARNED.replace('logs', 'logs --tail=500'));
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['warned.md']);
    expect(out[0]).toBe(
      `${file}:6: fixed RB050: kubectl logs with a selector shows only the last 10 lines of each pod without --tail`,
    );
    expect(out.at(-1)).toMatch(/^1 fixed; left: 0 errors, 1 warning, 3 info/);
  });

  it('keeps Windows line ends and a byte order mark', () => {
    const text = `\uFEFF${WARNED.replaceAll('\n', '\r\n')}`;
    const file = write('warned.md', text);
    tocsin('lint', '--fix', file);
    expect(readFileSync(file, 'utf8')).toBe(text.replace('logs', 'logs --tail=500'));
  });

  it('prints what was fixed and what is left as JSON', () => {
    tocsin('lint', '--fix', '--json', write('warned.md', WARNED));
    const { fixed, problems } = JSON.parse(out.join('\n'));
    expect(fixed.map(({ code }: { code: string }) => code)).toEqual(['RB050']);
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(['RB009', 'RB009', 'RB009', 'RB071']);
  });

  it('follows a link and leaves it a link', () => {
    const file = write('warned.md', WARNED);
    const link = join(folder, 'link.md');
    symlinkSync(file, link);
    tocsin('lint', '--fix', link);
    expect(readlinkSync(link)).toBe(file);
    expect(readFileSync(file, 'utf8')).toContain('--tail=500');
  });

  it('does not touch a file that needs nothing', () => {
    const file = write('good.md', GOOD);
    utimesSync(file, 1, 1);
    tocsin('lint', '--fix', file);
    expect(statSync(file).mtimeMs).toBe(1000);
  });
});

describe('tocsin lint, used wrongly', () => {
  it.each([
    [[], 'no file given, expected the name of a Markdown runbook, or - for standard input'],
    [['--dry-run', 'a.md'], '--dry-run goes with --fix'],
    [['--json', '--sarif', 'a.md'], "error: option '--sarif' cannot be used with option '--json'"],
    [['--fix', '--dry-run', '--json', 'a.md'], '--json and --sarif do not go with'],
    [['--fix', '--sarif', '-'], '--json and --sarif do not go with'],
    [['--explain', 'RB050', 'a.md'], '--explain takes a code and no files'],
    [['--max-warnings', 'x', 'a.md'], 'found "x", expected a number such as 0'],
  ])('%j ends with 2 and says why', (args, message) => {
    expect(tocsin('lint', ...args)).toBe(2);
    expect(err.join()).toContain(message);
    expect(out).toEqual([]);
  });
});

describe('tocsin lint --explain', () => {
  it('prints the page', () => {
    expect(tocsin('lint', '--explain', 'rb050')).toBe(0);
    expect(out[0]).toMatch(/^# RB050: .*\n\nLevel: warning\n/);
  });

  it.each([
    ['RB059', ['RB050', 'RB058']],
    ['50', ['RB050']],
    ['namespace', ['RB041', 'RB056']],
    ['nothing-like-it', ['RB001', 'RB080']],
  ])('%s lists codes that may be meant, and ends with 2', (wanted, near) => {
    expect(tocsin('lint', '--explain', wanted)).toBe(2);
    for (const code of near) expect(err[0]).toContain(`  ${code}  `);
  });
});

describe('a sidecar', () => {
  const BAD = 'bindings:\n  look-look-1:\n    hash: soon\n';

  it('is picked up by lint, and its mistakes carry its own name', () => {
    const file = write('good.md', GOOD);
    const sidecar = write('good.bind.yaml', BAD);
    expect(tocsin('lint', file)).toBe(1);
    expect(out.join('\n')).toContain(`${sidecar}:3:5: error RB303: binding "look-look-1": found hash "soon"`);
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
    expect(out.join('\n')).toContain('b.md:2:1: error RB310: service "shop" is claimed by');
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
