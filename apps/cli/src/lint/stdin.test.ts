import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/tocsin.js', import.meta.url));
const RUNBOOK =
  '\uFEFF# R\r\n\r\n## Phase 1: Look (0-5 minutes)\r\n\r\n```bash\r\nkubectl logs -l app=a\r\n```';

function tocsin(input: string, env: Record<string, string>, ...args: string[]) {
  const options = { input, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  return spawnSync(process.execPath, [bin, ...args], options);
}

it('reads a runbook from standard input, without colours where there is no terminal', () => {
  const { stdout, status } = tocsin(RUNBOOK, { NO_COLOR: '' }, 'lint', '-');
  expect(status).toBe(0);
  expect(stdout).toContain('<stdin>:6:9: warning RB050: ');
  expect(stdout).not.toContain('\u001B');
});

it('writes the fixed runbook to standard output, byte for byte, and the rest to standard error', () => {
  const { stdout, stderr, status } = tocsin(RUNBOOK, {}, 'lint', '--fix', '-');
  expect(status).toBe(0);
  expect(stdout).toBe(RUNBOOK.replace('logs', 'logs --tail=500'));
  expect(stderr).toContain('<stdin>:6: fixed RB050');
  expect(stderr).toContain('1 fixed; left: ');
});

it('prints a diff only, with --dry-run', () => {
  const { stdout, stderr } = tocsin(RUNBOOK, {}, 'lint', '--fix', '--dry-run', '-');
  expect(stdout).toContain('-kubectl logs -l app=a\r\n+kubectl logs --tail=500 -l app=a\r\n');
  expect(stdout.startsWith('--- a/stdin\n+++ b/stdin\n@@ ')).toBe(true);
  expect(stderr).toContain('1 would be fixed; left: ');
});

it('says in its help what the exit codes mean', () => {
  const { stdout } = tocsin('', {}, 'lint', '--help');
  expect(stdout).toMatch(/0 {2}no errors[^]*1 {2}errors[^]*2 {2}wrong usage/);
});

it('ends with 2 for an unknown option', () => {
  expect(tocsin('', {}, 'lint', '--fxi', 'a.md').status).toBe(2);
});
