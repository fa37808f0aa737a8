/**
 * Makes sure that what the tests drive for real is on this machine: Chromium, redis-server, kubectl, psql, curl, Prometheus, Alertmanager with their tools, and openssl.
 * As root on Debian it installs what is missing; elsewhere it says exactly what to run, and fails: a missing part is never skipped.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Part {
  readonly command: string;
  /** Debian packages that bring it, the first that has a candidate is taken. */
  readonly packages: readonly string[];
}

const parts: readonly Part[] = [
  { command: 'chromium', packages: ['chromium'] },
  { command: 'redis-server', packages: ['redis-server'] },
  { command: 'kubectl', packages: ['kubectl', 'kubernetes-client'] },
  { command: 'prometheus', packages: ['prometheus'] },
  { command: 'promtool', packages: ['prometheus'] },
  { command: 'amtool', packages: ['prometheus-alertmanager'] },
  { command: 'psql', packages: ['postgresql-client'] },
  { command: 'curl', packages: ['curl'] },
  { command: 'openssl', packages: ['openssl'] },
];

/** Older ones want SPDY for exec, attach and port-forward, which the sandbox does not serve. */
const oldestKubectlMinor = 31;

function isOnPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function run(command: string, args: readonly string[]): { ok: boolean; output: string } {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    ok: result.status === 0,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`,
  };
}

function candidateOf(part: Part): string | null {
  const offered = part.packages.find((name) =>
    /Candidate: (?!\(none\))\S/.test(run('apt-cache', ['policy', name]).output),
  );
  return offered ?? null;
}

/** Debian asks this script whether a package may start its service; 101 means no. */
const policyFile = '/usr/sbin/policy-rc.d';

/** Installs without starting a daemon: the tests want the tools of these packages, never a service of the machine. */
function installQuietly(name: string): { ok: boolean; output: string } {
  const isOurs = !existsSync(policyFile);
  if (isOurs) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  try {
    return run('apt-get', ['install', '-y', '--no-install-recommends', name]);
  } finally {
    if (isOurs) rmSync(policyFile);
  }
}

function install(missing: readonly Part[]): string[] {
  run('apt-get', ['update']);
  const problems: string[] = [];
  for (const part of missing) {
    const name = candidateOf(part);
    if (name === null) {
      problems.push(
        `${part.command}: no Debian package among ${part.packages.join(', ')} is offered here; install it by hand`,
      );
      continue;
    }
    console.log(`installing ${name} for ${part.command}`);
    const { ok, output } = installQuietly(name);
    if (!ok || !isOnPath(part.command))
      problems.push(`${part.command}: apt-get install ${name} failed:\n${output.slice(-2000)}`);
  }
  return problems;
}

/** Debian's own kubectl can be older than the API versions that a present cluster serves (policy/v1 came with 1.21). */
function kubectlProblem(): string | null {
  const found = run('kubectl', ['version', '--client', '--output=json']).output;
  const minor = Number(/"minor":\s*"(\d+)/.exec(found)?.[1] ?? 0);
  if (minor >= oldestKubectlMinor) return null;
  return `kubectl 1.${minor} is on the PATH; the tests need 1.${oldestKubectlMinor} or newer: https://kubernetes.io/docs/tasks/tools/install-kubectl-linux/`;
}

const missing = parts.filter((part) => !isOnPath(part.command));
if (missing.length > 0) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  const problems = mayInstall
    ? install(missing)
    : [
        `the tests need ${missing.map((part) => part.command).join(', ')}; on Debian run:\n` +
          `  sudo apt-get update && sudo apt-get install -y ${missing.map((part) => part.packages.at(-1)).join(' ')}`,
      ];
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
}

const tooOld = kubectlProblem();
if (tooOld !== null) {
  console.error(tooOld);
  process.exit(1);
}
