import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the pages of the lint codes are: beside the sources of an installed package, or in the repository. */
export const PAGE_FOLDERS = [at('../../lint-pages'), at('../../../../docs/lint')];

/** The file of a code's page in the first of these folders that has one; null when none has. */
export function pageFile(code: string, folders: string[]): string | null {
  const files = folders.map((folder) => join(folder, `${code}.md`));
  return files.find((file) => existsSync(file)) ?? null;
}

/** The text of a code's page; null when there is none. */
export function readPage(code: string, folders: string[]): string | null {
  const file = pageFile(code, folders);
  return file === null ? null : readFileSync(file, 'utf8');
}
