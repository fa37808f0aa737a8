import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOnce } from './fixtures/ask-once.ts';
import { makeCertificate } from './fixtures/make-certificate.ts';
import { type RedisServer, startRedisServer } from './fixtures/redis-server.ts';
import { startTcpServer } from './fixtures/tcp-server.ts';

const subject = 'deployment/redis';
const folder = mkdtempSync(join(tmpdir(), 'tocsin-redis-check-'));
const password = ['--requirepass', 'open sesame'];
const user = ['--user', 'watcher', 'on', '>p@ss', '+ping'];
let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer((port) => ['--port', port, ...password, ...user]);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const ask = (login: string, port: number, more: object = {}) =>
  askOnce({ kind: 'redis', subject, url: `redis://${login}127.0.0.1:${port}`, timeoutMs: 8000, ...more });

describe('a check of Redis', () => {
  it('is answered with the password, also as a user of its own', async () => {
    expect(await ask(':open%20sesame@', server.port)).toMatchObject({ subject, outcome: 'ok', detail: '' });
    expect(await ask('watcher:p%40ss@', server.port)).toMatchObject({ outcome: 'ok' });
  });

  it('is turned away without one, and with a wrong one', async () => {
    const without = await ask('', server.port);
    expect(without).toMatchObject({ outcome: 'rejected' });
    expect(without?.detail).toMatch(/^NOAUTH /);
    const wrong = await ask('watcher:guess@', server.port);
    expect(wrong).toMatchObject({ outcome: 'rejected' });
    expect(wrong?.detail).toMatch(/^WRONGPASS /);
  });

  it('gives up a frozen server', async () => {
    server.child.kill('SIGSTOP');
    const seen = await ask(':open%20sesame@', server.port, { timeoutMs: 300 });
    server.child.kill('SIGCONT');
    expect(seen).toMatchObject({ outcome: 'timeout', detail: 'no answer within 300 ms; connected' });
  });

  it('tells what speaks another language, hangs up, or is not there', async () => {
    const web = await startTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await ask('', web.port)).toMatchObject({
      outcome: 'rejected',
      detail: 'answers "HTTP/1.1 400 Bad Request"; expected PONG',
    });
    web.close();
    const rude = await startTcpServer((socket) => socket.end());
    expect(await ask('', rude.port)).toMatchObject({
      outcome: 'rejected',
      detail: 'answers ""; expected PONG',
    });
    rude.close();
    expect(await ask('', 1)).toMatchObject({ outcome: 'refused' });
  });

  it('speaks TLS, and trusts only whom it is told to', async () => {
    const { keyFile, certFile } = makeCertificate(folder, 5);
    const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', certFile];
    const secured = await startRedisServer((port) => [
      '--port',
      '0',
      '--tls-port',
      port,
      '--tls-auth-clients',
      'no',
      ...files,
    ]);
    const url = `rediss://localhost:${secured.port}`;
    expect(await ask('', 1, { url, caFile: certFile })).toMatchObject({ outcome: 'ok' });
    const mistrusted = await ask('', 1, { url });
    expect(mistrusted).toMatchObject({ outcome: 'tls' });
    expect(mistrusted?.detail).toMatch(/self-signed/);
    expect(await ask('', 1, { url: `rediss://127.0.0.1:${secured.port}`, caFile: certFile })).toMatchObject({
      outcome: 'tls',
    });
    await secured.stop();
  });
});
