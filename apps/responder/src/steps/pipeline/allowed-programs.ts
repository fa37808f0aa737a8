import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The only programs that are ever spawned. */
export const programNames = ['kubectl', 'curl', 'psql', 'redis-cli'] as const;
export type ProgramName = (typeof programNames)[number];

/** Absolute path of each program, null where the machine has none. */
export type Programs = Readonly<Record<ProgramName, string | null>>;

/** True for a name on the allow-list. A path such as `./kubectl` or `/tmp/kubectl` is not a name. */
export function isProgramName(name: string): name is ProgramName {
  return (programNames as readonly string[]).includes(name);
}

/**
 * Finds the programs on a search path such as `$PATH`; only absolute folders count. `kubectl` overrides the search;
 * null there means the machine is to be used without it.
 */
export function findPrograms(searchPath: string, kubectl: string | null): Programs {
  return {
    kubectl,
    curl: findOn(searchPath, 'curl'),
    psql: findOn(searchPath, 'psql'),
    'redis-cli': findOn(searchPath, 'redis-cli'),
  };
}

function findOn(searchPath: string, name: string): string | null {
  const folders = searchPath.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
