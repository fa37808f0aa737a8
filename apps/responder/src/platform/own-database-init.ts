import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { ServerHome } from './own-database-home.ts';

const run = promisify(execFile);

/** Makes the data folder unless it is there. Made beside its place and then moved: a start that dies leaves no half of one. */
export async function initDataDir(
  home: ServerHome,
  login: { readonly user: string; readonly password: string },
): Promise<void> {
  if ((await stat(`${home.dataDir}/PG_VERSION`).catch(() => null)) !== null) return;
  await mkdir(dirname(home.dataDir), { recursive: true, mode: 0o755 });
  const partial = `${home.dataDir}.making`;
  const passwordFile = `${home.dataDir}.making-password`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  await writeFile(passwordFile, `${login.password}\n`, { mode: 0o600 });
  await give(partial, home);
  await give(passwordFile, home);
  try {
    await run(home.initdb, initArguments(partial, login.user, passwordFile), {
      ...home.runAs,
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(partial, home.dataDir);
  await chmod(home.dataDir, 0o700);
}

function initArguments(dataDir: string, user: string, passwordFile: string): string[] {
  return [
    `--pgdata=${dataDir}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
}

async function give(path: string, home: ServerHome): Promise<void> {
  const { uid, gid } = home.runAs;
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}
