import { spawn, spawnSync } from 'node:child_process';

/** How a run of kubectl ended. */
export interface Run {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Fails, saying what to install, when there is no kubectl on the path. */
export function requireKubectl(): void {
  const { error } = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
  if (error === undefined) return;
  throw new Error(
    'kubectl is not on PATH: install kubectl 1.29 to 1.33 (https://kubernetes.io/docs/tasks/tools/) to run these tests',
  );
}

/** Runs kubectl with a kubeconfig; `stopAfterMs` ends commands that run until they are stopped. */
export function kubectl(
  kubeconfig: string,
  args: string[],
  { stopAfterMs = 25_000, program = 'kubectl' }: { stopAfterMs?: number; program?: string } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, KUBECONFIG: kubeconfig, HOME: '/nonexistent' },
    });
    const run: Run = { exitCode: -1, stdout: '', stderr: '' };
    const timer = setTimeout(() => child.kill('SIGKILL'), stopAfterMs);
    child.stdout.on('data', (chunk: Buffer) => (run.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ ...run, exitCode: code ?? -1 });
    });
  });
}
