import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** The program of a life. */
export interface Program {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** The sources of a life in one file, compiled once: two hundred processes start it. */
export async function bundleLife(): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-kill-matrix-'));
  const file = join(folder, 'life.mjs');
  const bundle = await rolldown({
    input: fileURLToPath(new URL('./life-main.ts', import.meta.url)),
    platform: 'node',
    logLevel: 'silent',
  });
  await bundle.write({ file, format: 'esm' });
  await bundle.close();
  return {
    file,
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
