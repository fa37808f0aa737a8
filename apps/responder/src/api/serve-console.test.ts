import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerErrors } from './answer-errors.ts';
import { serveConsole } from './serve-console.ts';

let dir: string;
let app: FastifyInstance;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tocsin-console-'));
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  await writeFile(join(dir, 'assets', 'index-abc.js'), 'export {};');
  app = Fastify();
  answerErrors(app);
  await app.register(helmet, { enableCSPNonces: true });
});
afterEach(async () => {
  await app.close();
  await rm(dir, { recursive: true, force: true });
});

describe('console files', () => {
  it('gives every view the page, with a fresh nonce that the policy names', async () => {
    await serveConsole(app, dir);
    const [one, two] = [await app.inject('/incidents/7'), await app.inject('/')];
    const nonce = /content="([0-9a-f]{32})"/.exec(one.body)?.[1];
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(two.body).not.toContain(nonce);
    expect(one.headers['cache-control']).toBe('no-store');
  });

  it('keeps hashed files for ever, and never answers a missing file with a page', async () => {
    await serveConsole(app, dir);
    const script = await app.inject('/assets/index-abc.js');
    expect(script.headers['cache-control']).toContain('immutable');
    for (const url of ['/assets/index-old.js', '/robots.txt', '/api/none'])
      expect(`${url} ${(await app.inject(url)).statusCode}`).toBe(`${url} 404`);
    const outside = await app.inject('/assets/%2e%2e%2findex.html');
    expect(outside.statusCode).toBeGreaterThanOrEqual(400);
  });

  it('says what to run when the console is not built', async () => {
    await rm(join(dir, 'index.html'));
    await expect(serveConsole(app, dir)).rejects.toThrow('npm run build -w @tocsin/console');
  });
});
