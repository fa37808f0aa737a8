import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FilePlace } from './keep-written.ts';

/** A folder; each file appears whole, by a rename. */
export function folderPlace(folder: string): FilePlace {
  return {
    name: folder,
    put: async ({ name, text }) => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      const temporary = `${path}.${process.pid}.tmp`;
      await writeFile(temporary, text);
      await rename(temporary, path);
    },
  };
}
