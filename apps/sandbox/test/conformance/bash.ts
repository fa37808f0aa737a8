import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Run } from '../kubectl/kubectl.ts';

/** Runs a command line of a transcript in `directory`, as it was recorded: with bash, failing like its first failing part. */
export async function bash(command: string, kubeconfig: string, directory: string): Promise<Run> {
  const child = spawn('bash', ['-o', 'pipefail', '-c', command], {
    cwd: directory,
    env: { ...process.env, KUBECONFIG: kubeconfig, HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGTERM'), 25_000);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  clearTimeout(timer);
  return { stdout, stderr, exitCode: (await exit)[0] ?? -1 };
}
