import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOnce } from './fixtures/ask-once.ts';
import { makeCertificate } from './fixtures/make-certificate.ts';
import { type KnownName, type NameServer, startNameServer } from './fixtures/name-server.ts';
import { startTcpServer } from './fixtures/tcp-server.ts';

const dayMs = 24 * 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-way-checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const askTcp = (port: number) => askOnce({ kind: 'tcp', subject: 'service/queue', host: '127.0.0.1', port });

describe('a check of TCP', () => {
  it('tells who accepts from who refuses', async () => {
    const server = await startTcpServer();
    expect(await askTcp(server.port)).toMatchObject({ outcome: 'ok', subject: 'service/queue', detail: '' });
    server.close();
    const seen = await askTcp(server.port);
    expect(seen).toMatchObject({ outcome: 'refused' });
    expect(seen?.detail).toContain('ECONNREFUSED');
  });

  it('tells a name that nobody knows', async () => {
    const given = { kind: 'tcp', subject: 'service/queue', port: 80, timeoutMs: 8000 };
    const seen = await askOnce({ ...given, host: 'no-such-host.invalid' });
    expect(['dns', 'timeout']).toContain(seen?.outcome);
  });
});

const askTls = (port: number, more: object = {}) =>
  askOnce({ kind: 'tls', host: '127.0.0.1', servername: 'localhost', port, timeoutMs: 8000, ...more });

describe('a check of TLS', () => {
  const files = new Map<number, string>();
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  async function serve(days: number): Promise<number> {
    const { keyFile, certFile } = makeCertificate(folder, days);
    files.set(days, certFile);
    const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) });
    server.on('tlsClientError', () => {});
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  it('reads until when a certificate is valid, and says whom it does not trust', async () => {
    const port = await serve(5);
    const seen = await askTls(port, { warnDays: 10 });
    expect(seen).toMatchObject({ outcome: 'ok', subject: 'host/localhost' });
    expect(seen?.detail).toMatch(/^the chain is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); valid until 20/);
    expect(seen?.values).toMatchObject({ trusted: 0, warnWithinMs: 10 * dayMs });
    expect(seen?.values['expiresInMs']).toBeGreaterThan(4.9 * dayMs);
    expect(seen?.values['expiresInMs']).toBeLessThanOrEqual(5 * dayMs);
    const trusted = await askTls(port, { caFile: files.get(5) });
    expect(trusted).toMatchObject({ outcome: 'ok', detail: '', values: { trusted: 1 } });
  });

  it('refuses a certificate for other names, and one that has expired', async () => {
    const port = await serve(6);
    const other = await askTls(port, { servername: 'other.example', caFile: files.get(6) });
    expect(other).toMatchObject({ outcome: 'tls', subject: 'host/other.example' });
    expect(other?.detail).toMatch(/^ERR_TLS_CERT_ALTNAME_INVALID; /);
    const ended = await serve(0);
    const expired = () => askTls(ended, { caFile: files.get(0) });
    await expect.poll(async () => (await expired())?.outcome).toBe('tls');
    const seen = await expired();
    expect(seen?.detail).toMatch(/^CERT_HAS_EXPIRED; valid until /);
    expect(seen?.values['expiresInMs']).toBeLessThanOrEqual(0);
  });

  it('gives up on what accepts and says nothing, and tells what speaks no TLS', async () => {
    const mute = await startTcpServer();
    expect(await askTls(mute.port, { timeoutMs: 300 })).toMatchObject({
      outcome: 'timeout',
      detail: 'no answer within 300 ms; connected',
    });
    mute.close();
    const plain = await startTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    expect(await askTls(plain.port)).toMatchObject({ outcome: 'tls' });
    plain.close();
  });
});

describe('a check of DNS', () => {
  const names = new Map<string, KnownName>([
    ['api.example', { a: ['192.0.2.1', '192.0.2.2'] }],
    ['www.example', { cname: 'api.example' }],
    ['mute.example', { silent: true }],
  ]);
  let server: NameServer;
  beforeAll(async () => {
    server = await startNameServer(names);
  });
  afterAll(() => server.close());

  const ask = (name: string, more: object = {}) =>
    askOnce({ kind: 'dns', name, resolver: server.address, timeoutMs: 8000, ...more });

  it('counts the records of a name', async () => {
    expect(await ask('api.example')).toMatchObject({
      outcome: 'ok',
      subject: 'host/api.example',
      detail: '',
      values: { records: 2 },
    });
    expect(await ask('www.example', { recordType: 'CNAME' })).toMatchObject({
      outcome: 'ok',
      values: { records: 1 },
    });
  });

  it('tells a name that does not exist from one without such a record', async () => {
    expect(await ask('gone.example')).toMatchObject({
      outcome: 'dns',
      detail: 'ENOTFOUND for A gone.example',
    });
    expect(await ask('api.example', { recordType: 'CNAME' })).toMatchObject({
      outcome: 'dns',
      detail: 'api.example has no CNAME record',
    });
  });

  it('gives up on a server that does not answer, and tells one that is not there', async () => {
    expect(await ask('mute.example', { timeoutMs: 300 })).toMatchObject({ outcome: 'timeout' });
    const gone = await startNameServer(names);
    gone.close();
    expect(await ask('api.example', { resolver: gone.address })).toMatchObject({ outcome: 'refused' });
  });
});
