import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

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
    'kubectl is not on PATH: install kubectl 1.31 to 1.33 (https://kubernetes.io/docs/tasks/tools/) to run these tests',
  );
}

/** How kubectl is run. */
export interface KubectlOptions {
  /** Ends commands that run until they are stopped. */
  stopAfterMs?: number;
  /** Default: kubectl on the path. */
  program?: string;
  /** Standard input; empty by default. */
  input?: string;
  /** Variables besides those of the tests. */
  env?: Record<string, string>;
  /** Told what was printed so far, each time it grows. */
  onOutput?: (stdout: string) => void;
}

/** Runs kubectl with a kubeconfig. */
export function kubectl(
  kubeconfig: string,
  args: string[],
  { stopAfterMs = 25_000, program = 'kubectl', input, env, onOutput }: KubectlOptions = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env, KUBECONFIG: kubeconfig, HOME: '/nonexistent' },
    });
    child.stdin.on('error', () => undefined).end(input);
    const run: Run = { exitCode: -1, stdout: '', stderr: '' };
    const timer = setTimeout(() => child.kill('SIGKILL'), stopAfterMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      run.stdout += text;
      onOutput?.(run.stdout);
    });
    child.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ ...run, exitCode: code ?? -1 });
    });
  });
}

/** kubectl on the path, and the other versions that lie beside the real binary (`kubectl.1.29` ...), from 1.29 on. */
export function kubectlPrograms(): [version: string, file: string][] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders
    .map((folder) => join(folder, 'kubectl'))
    .find((file) => spawnSync(file, ['version', '--client']).status === 0);
  if (found === undefined)
    throw new Error('kubectl is not on PATH: install kubectl 1.31 to 1.33 to run these tests');
  const home = dirname(realpathSync(found));
  const beside = readdirSync(home).filter((name) => /^kubectl\.1\.(29|[3-9]\d)$/.test(name));
  return [
    ['of the path', found],
    ...beside.map((name): [string, string] => [name.replace('kubectl.', ''), join(home, name)]),
  ];
}
