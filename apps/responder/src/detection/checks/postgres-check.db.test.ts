import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, startOwnDatabase, type OwnDatabase } from '#platform';
import { askOnce } from './fixtures/ask-once.ts';
import { startTcpServer } from './fixtures/tcp-server.ts';

/** A small server: eight connections, three of them kept for administrators. */
const slots = 5;
const subject = 'statefulset/postgres';
let folder: string;
let server: OwnDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-checked-'));
  await chmod(folder, 0o755);
  server = await startOwnDatabase({
    dataDir: join(folder, 'data'),
    log: createLogger({ level: 'silent' }),
    settings: { max_connections: '8', superuser_reserved_connections: '3', fsync: 'off' },
  });
  const admin = await connect(server.url);
  await admin.query(`create role watcher login password 'a:b@c' in role pg_monitor`);
  await admin.query(`create role stranger login password 'secret'`);
  await admin.end();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  return client;
}

function urlOf(user: string, password: string): string {
  const url = new URL(server.url);
  url.username = user;
  url.password = encodeURIComponent(password);
  url.pathname = '/postgres';
  return url.href;
}

const nowhere = (port: number) => `postgres://watcher:x@127.0.0.1:${port}/postgres`;
const watcher = () => urlOf('watcher', 'a:b@c');
const ask = (more: object) => askOnce({ kind: 'postgres', subject, timeoutMs: 8000, ...more });
const connections = async () => (await ask({ url: watcher() }))?.values['connections'];

/** Connections of before take a moment to leave the server's list. */
async function settled(): Promise<void> {
  await expect.poll(connections).toBe(1);
}

describe('a check of PostgreSQL', () => {
  it('logs in anew and counts who is there, of how many there may be', async () => {
    await settled();
    const other = await connect(urlOf('stranger', 'secret'));
    await other.query('begin');
    expect(await ask({ url: watcher() })).toMatchObject({
      kind: 'postgres',
      subject,
      outcome: 'ok',
      detail: '',
      values: { connections: 2, connectionSlots: slots, idleInTransaction: 1, lockWaits: 0 },
    });
    await other.end();
  });

  it('sees who waits for a lock', async () => {
    const [holder, waiter] = [await connect(server.url), await connect(server.url)];
    await holder.query('select pg_advisory_lock(1)');
    const waiting = waiter.query('select pg_advisory_lock(1)').catch(() => {});
    await expect.poll(async () => (await ask({ url: watcher() }))?.values['lockWaits']).toBe(1);
    await holder.end();
    await waiting;
    await waiter.end();
  });

  it('says of a role without pg_monitor only what it can know', async () => {
    await settled();
    const other = await connect(server.url);
    const seen = await ask({ url: urlOf('stranger', 'secret') });
    expect(seen?.values).toEqual({ connections: 2, connectionSlots: slots });
    await other.end();
  });

  it('is turned away by a full server with its own words', async () => {
    await settled();
    const others = await Promise.all(
      Array.from({ length: slots }, () => connect(urlOf('stranger', 'secret'))),
    );
    const seen = await ask({ url: watcher() });
    expect(seen).toMatchObject({ outcome: 'rejected', values: {} });
    expect(seen?.detail).toMatch(/^53300: /);
    await Promise.all(others.map((one) => one.end()));
    await settled();
  });

  it('is turned away with a wrong password', async () => {
    const seen = await ask({ url: urlOf('watcher', 'wrong') });
    expect(seen).toMatchObject({ outcome: 'rejected' });
    expect(seen?.detail).toMatch(/^28P01: /);
    expect(seen?.detail).not.toContain('wrong');
  });

  it('is answered by a server where the count means nothing', async () => {
    const place = new URL(server.url);
    place.pathname = '/postgres';
    const admin = await connect(place.href);
    await admin.query('revoke select on pg_stat_activity from public');
    const seen = await ask({ url: urlOf('stranger', 'secret') });
    await admin.query('grant select on pg_stat_activity to public');
    await admin.end();
    expect(seen?.outcome).toBe('ok');
    expect(seen?.values).toEqual({});
    expect(seen?.detail).toMatch(/^connections are not counted \(42501: /);
  });

  it('reads its url from a file, and is not made without one', async () => {
    const file = join(folder, 'url');
    await writeFile(file, `${watcher()}\n`);
    expect(await ask({ urlFile: file })).toMatchObject({ outcome: 'ok' });
    await writeFile(file, 'redis://localhost');
    expect(await ask({ urlFile: file })).toBeNull();
    expect(await ask({ urlFile: join(folder, 'none') })).toBeNull();
  });

  it('gives up a frozen server, and sees it again when it goes on', async () => {
    process.kill(server.pid, 'SIGSTOP');
    const seen = await ask({ url: watcher(), timeoutMs: 300 });
    process.kill(server.pid, 'SIGCONT');
    expect(seen).toMatchObject({
      outcome: 'timeout',
      detail: 'no answer within 300 ms; connected',
      values: {},
    });
    expect(await ask({ url: watcher() })).toMatchObject({ outcome: 'ok' });
  });

  it('tells a server that begins to answer from one that is silent', async () => {
    // The request for a password, after which it says nothing more.
    const begins = await startTcpServer((socket) => {
      socket.once('data', () => socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3])));
    });
    const seen = await ask({ url: nowhere(begins.port), timeoutMs: 400 });
    begins.close();
    expect(seen).toMatchObject({ outcome: 'timeout', detail: 'no answer within 400 ms; answering' });
    expect(seen?.values['firstByteMs']).toBeLessThanOrEqual(seen?.durationMs ?? 0);
  });

  it('tells what speaks no PostgreSQL, and what nobody listens on', async () => {
    const other = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await ask({ url: nowhere(other.port) }))?.outcome).not.toBe('ok');
    other.close();
    expect(await ask({ url: nowhere(1) })).toMatchObject({ outcome: 'refused' });
  });
});
