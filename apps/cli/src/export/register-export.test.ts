import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { registerExport } from './register-export.ts';

const shipped = new URL('../../../../runbooks/outage.md', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-export-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function tocsin(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  const program = new Command('tocsin')
    .exitOverride()
    .configureOutput({ writeErr: (text) => err.push(text) });
  registerExport(program);
  program.parse(['export', ...args], { from: 'user' });
  return { status: Number(process.exitCode ?? 0), stdout: out.join('\n'), stderr: err };
}

function accepts(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

describe('tocsin export', () => {
  it('prints rules that promtool takes, and says on the side what they do not carry', () => {
    const { status, stdout, stderr } = tocsin('prometheus', shipped);
    expect(accepts('promtool', 'check', 'rules', write('rules.yml', `${stdout}\n`))).toBe(true);
    expect(stdout).toContain(`runbook_place: ${shipped}:`);
    expect(stderr).toContainEqual(
      expect.stringMatching(/^not carried over: \S+outage\.md:\d+: "Customer reports": people/),
    );
    expect(status).toBe(0);
  });

  it('prints a configuration that amtool takes', () => {
    const { status, stdout, stderr } = tocsin('alertmanager', shipped);
    expect(accepts('amtool', 'check-config', write('alertmanager.yml', `${stdout}\n`))).toBe(true);
    expect(stderr).toContainEqual(
      expect.stringMatching(/^not carried over: \S+outage\.md:\d+: L2 \(Secondary/),
    );
    expect(status).toBe(0);
  });

  it('takes names of metrics', () => {
    const { stdout } = tocsin(
      'prometheus',
      shipped,
      '--set',
      'requests=calls_total',
      '--set',
      'selector=job="a=b"',
    );
    expect(stdout).toContain('calls_total{status=~"5..",job="a=b"}[5m]');
  });

  it('prints JSON', () => {
    const { data, notes } = JSON.parse(tocsin('prometheus', shipped, '--json').stdout);
    expect(data.groups[0].rules[0]).toMatchObject({ alert: 'HealthCheckAll', labels: { severity: 'P0' } });
    expect(notes[0]).toEqual({ line: expect.any(Number), text: '"Customer reports": people raise it' });
  });

  it('prints nothing for a runbook with errors, and says them', () => {
    const file = write('bad.md', '# R\n\n## Phase 1: Look (5-0 minutes)\n\n1. Look\n');
    const { status, stdout, stderr } = tocsin('prometheus', file);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContainEqual(
      expect.stringContaining(`${file}:3:19: RB004: window: found "(5-0 minutes)"`),
    );
  });

  it('says which file cannot be read', () => {
    expect(tocsin('alertmanager', join(folder, 'none.md'))).toMatchObject({
      status: 2,
      stderr: [`${join(folder, 'none.md')}: there is no such file`],
    });
  });

  it.each([
    ['window=soon', /option window: found "soon", expected a duration such as 5m/],
    ['colour=red', /option colour: not known, expected one of requests/],
    ['requests', /found "requests", expected KEY=VALUE/],
  ])('refuses --set %s', (pair, message) => {
    expect(() => tocsin('prometheus', shipped, '--set', pair)).toThrow(message);
  });
});
