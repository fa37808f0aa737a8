import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Throws with the first of the files that is there already. */
export function refuseExisting(folder: string, names: string[]): void {
  const there = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (there.length > 0) throw new Error(`${there.join(', ')}: there already; --force overwrites`);
}

/** Writes all files or none: each is complete under another name before the first gets its own. Throws when one is there already. */
export function writeFiles(folder: string, files: Record<string, string>, force: boolean): string[] {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(files);
  if (!force) refuseExisting(folder, names);
  const written = names.map((name) => ({
    path: join(folder, name),
    draft: join(folder, `.${name}.${process.pid}`),
  }));
  try {
    for (const [index, { draft }] of written.entries())
      writeFileSync(draft, files[names[index] ?? ''] ?? '', { flag: 'wx' });
    for (const { path, draft } of written) {
      if (force) renameSync(draft, path);
      else linkSync(draft, path);
    }
  } finally {
    for (const { draft } of written) rmSync(draft, { force: true });
  }
  return written.map(({ path }) => path);
}
