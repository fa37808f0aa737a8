import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Names the template database: another schema is another template. */
export async function migrationsHash(): Promise<string> {
  const dir = fileURLToPath(new URL('../migrations/', import.meta.url));
  const hash = createHash('sha256');
  for (const name of (await readdir(dir)).toSorted())
    hash.update(name).update(await readFile(`${dir}/${name}`));
  return hash.digest('hex').slice(0, 16);
}
