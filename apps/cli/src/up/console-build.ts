import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { places } from './places.ts';

/** Builds the console's pages when they are missing or older than their sources. */
export async function buildConsole(onProgress: (message: string) => void): Promise<void> {
  const builtAt = modifiedAtMs(join(places.console, 'index.html'));
  if (builtAt !== null && builtAt >= (await newestSourceMs())) return;
  onProgress('console: building its pages (once)');
  await new Promise<void>((resolve, reject) => {
    const output: string[] = [];
    const vite = join(places.repository, 'node_modules/vite/bin/vite.js');
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: places.consoleProject,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`console: the build ended with exit ${code}\n${output.join('')}`)),
    );
  });
}

function modifiedAtMs(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

async function newestSourceMs(): Promise<number> {
  let newest = 0;
  for (const pattern of ['src/**/*', 'index.html', 'vite.config.ts'])
    for await (const file of glob(pattern, { cwd: places.consoleProject }))
      newest = Math.max(newest, modifiedAtMs(join(places.consoleProject, file)) ?? 0);
  return newest;
}
