import fs from 'node:fs';
import path from 'node:path';

/** Where containers look for the programs of this machine, after what is on our own PATH. */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Full path of a program of this machine, by name or path; undefined when there is none. */
export function findProgram(name: string): string | undefined {
  if (name.includes('/')) return fs.existsSync(name) ? name : undefined;
  const folders = `${process.env['PATH'] ?? ''}:${SYSTEM_PATH}`.split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}
