import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerRun } from './image-program.ts';
import { postgresImage } from './postgres-image.ts';

let folder: string;
const layers = () => path.join(folder, 'images');
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'postgres-image-'));
  await fs.chmod(folder, 0o711);
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

function container(name: string, env: Record<string, string> = {}): ContainerRun {
  return {
    podIp: '127.0.0.1',
    args: ['-c', 'max_connections=7'],
    env: { PGDATA: '/data', POSTGRES_PASSWORD: "it's", ...env },
    workDir: folder,
    hostPath: (inside) => path.join(folder, name, inside),
  };
}

/** What a server on that data answers to a query without a network: the last column of its only row. */
async function ask(dataDir: string, query: string): Promise<string> {
  const { argv, user } = await postgresImage(layers()).prepare(container(path.dirname(dataDir)));
  const run = promisify(execFile)(argv[0] ?? '', ['--single', '-D', path.join(folder, dataDir), 'postgres'], {
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    cwd: folder,
    env: { LC_ALL: 'C.UTF-8' },
  });
  run.child.stdin?.end(`${query}\n`);
  return [...(await run).stdout.matchAll(/= "([^"]*)"/g)].at(-1)?.[1] ?? '';
}

describe('the image of PostgreSQL', () => {
  it('gives the first container what was unpacked ahead, with its own password and database', async () => {
    const image = postgresImage(layers());
    await image.unpack();
    expect(existsSync(path.join(layers(), `${process.pid}`))).toBe(true);
    const { argv } = await image.prepare(container('a', { POSTGRES_DB: 'shop' }));
    expect(existsSync(path.join(layers(), `${process.pid}`))).toBe(false);
    expect(argv.slice(-2)).toEqual(['-c', 'max_connections=7']);
    expect(await ask('a/data', "select count(*) from pg_database where datname = 'shop'")).toBe('1');
    expect(
      await ask('a/data', "select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where oid = 10"),
    ).toBe('t');
  });

  it('makes another for an administrator of another name', async () => {
    const image = postgresImage(layers());
    await image.unpack();
    await image.prepare(container('b', { POSTGRES_USER: 'owner-1' }));
    expect(await ask('b/data', 'select rolname from pg_authid where oid = 10')).toBe('owner-1');
    await image.close();
    expect(await fs.readdir(layers())).toEqual([]);
  });

  it('leaves data that is there alone, and makes again what was cut off while it was made', async () => {
    const image = postgresImage(layers());
    await image.prepare(container('c'));
    await fs.writeFile(path.join(folder, 'c/data/kept'), '');
    await image.prepare(container('c'));
    expect(existsSync(path.join(folder, 'c/data/kept'))).toBe(true);
    await fs.rm(path.join(folder, 'c/data/sandbox-initialised'));
    await image.prepare(container('c'));
    expect(existsSync(path.join(folder, 'c/data/kept'))).toBe(false);
  });

  it('removes what a killed sandbox had unpacked, and not what a living one has', async () => {
    const gone = '4194305';
    await fs.mkdir(path.join(layers(), gone), { recursive: true });
    await fs.mkdir(path.join(layers(), `${process.ppid}`));
    const image = postgresImage(layers());
    await image.unpack();
    await image.close();
    expect(await fs.readdir(layers())).toEqual([`${process.ppid}`]);
  });
});
