import { request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '../../test/page-snapshot.ts';
import { siteOf } from '../site.ts';
import { answersOf } from './answers.ts';
import { createServer, type Served } from './create-server.ts';

let served: Served | null = {
  find: answersOf(siteOf(pageOf(), { stale: null, takes: { reports: true, subscribers: true } })),
  languages: ['en', 'de', 'fr', 'es'],
  root: '/',
};
let server: Server;
beforeAll(async () => {
  server = createServer(() => served);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
});

/** Without what `fetch` would add or undo. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = request({ port, host: '127.0.0.1', path, headers, method, agent: false }, (answer) => {
      buffer(answer).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        reject,
      );
    });
    sent.on('error', reject).end();
  });
}

describe('the server', () => {
  it('leads from its root without a slash to its root', async () => {
    const before = served;
    served = before === null ? null : { ...before, root: '/status/' };
    const answer = await ask('/status');
    served = before;
    expect([answer.status, answer.headers.location]).toEqual([301, '/status/']);
  });

  it.each([
    [{}, 'en'],
    [{ 'accept-language': 'fr-CA, fr;q=0.9, en;q=0.5' }, 'fr'],
    [{ 'accept-language': 'da, de;q=0.3' }, 'de'],
    [{ 'accept-language': 'zh' }, 'en'],
  ])('answers %j in %s, and an address with a language in that one', async (headers, language) => {
    const answer = await ask('/', headers);
    expect(answer.body.toString()).toContain(`<html lang="${language}">`);
    expect(answer.headers.vary).toContain('Accept-Language');
    expect((await ask('/es/', headers)).body.toString()).toContain('<html lang="es">');
  });

  it('sends what was compressed once, in what the visitor understands', async () => {
    const plain = (await ask('/en/')).body.toString();
    const packed = await ask('/en/', { 'accept-encoding': 'gzip, deflate, br' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.body).toString()).toBe(plain);
    const gzip = await ask('/en/', { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(gzip.body).toString()).toBe(plain);
    expect(gzip.headers['content-length']).toBe(String(gzip.body.length));
  });

  it('says nothing twice to who has it already', async () => {
    const { etag = '' } = (await ask('/api/v2/summary.json')).headers;
    const again = await ask('/api/v2/summary.json', { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await ask('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('leads to the page of a path without its last slash, and says what is not there', async () => {
    const moved = await ask('/de/history');
    expect([moved.status, moved.headers.location]).toEqual([301, '/de/history/']);
    expect((await ask('/nothing')).status).toBe(404);
    expect((await ask('/%E0%A4%A')).status).toBe(404);
    expect((await ask('/', {}, 'DELETE')).status).toBe(405);
    const head = await ask('/', {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
  });

  it('lets every page read the API, and nobody put a page into a frame', async () => {
    expect((await ask('/api/v2/status.json')).headers['access-control-allow-origin']).toBe('*');
    expect((await ask('/')).headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
  });

  it('says that nothing has been published yet', async () => {
    const before = served;
    served = null;
    expect((await ask('/')).status).toBe(503);
    expect((await ask('/healthz')).status).toBe(200);
    served = before;
  });
});
