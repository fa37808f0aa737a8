import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Absolute path of kubectl: the configured one, else the first on the search path; null when this machine has none. */
export function findKubectl(configured: string | null, searchPath: string): string | null {
  if (configured !== null) return configured;
  const candidates = searchPath.split(delimiter).filter((folder) => folder !== '');
  return candidates.map((folder) => join(folder, 'kubectl')).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
