import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '#platform';

const noncePlaceholder = '__CSP_NONCE__';

/** Serves the built console; paths of its own views get its page. */
export async function serveConsole(app: FastifyInstance, dir: string): Promise<void> {
  const file = join(dir, 'index.html');
  if (!existsSync(file))
    throw new Error(`${file}: not there; expected the built console (npm run build -w @tocsin/console)`);
  const page = readFileSync(file, 'utf8');
  const sendPage = (reply: FastifyReply): FastifyReply =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll(noncePlaceholder, reply.cspNonce.style));

  await app.register(fastifyStatic, {
    root: join(dir, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
    index: false,
  });
  serveInstallable(app, dir);
  app.get('/', (_request, reply) => sendPage(reply));
  // A view's address has no dot; a missing file does, and must not be answered with a page.
  app.get('/*', (request, reply) => {
    const { pathname } = new URL(request.url, 'http://console');
    if (pathname.startsWith('/api/') || pathname.includes('.'))
      throw new AppError('not-found', `GET ${pathname}: no such route or file`);
    return sendPage(reply);
  });
}

/** What makes the console an app that can be installed and woken. Their names never change: browsers ask each time. */
const installable: Readonly<Record<string, string>> = {
  'manifest.webmanifest': 'application/manifest+json; charset=utf-8',
  'service-worker.js': 'text/javascript; charset=utf-8',
  'icon-192.png': 'image/png',
  'icon-512.png': 'image/png',
};

/** The worker's own policy: it may ask this responder, and nothing else. */
const workerPolicy = "default-src 'none'; connect-src 'self'";

function serveInstallable(app: FastifyInstance, dir: string): void {
  for (const [name, type] of Object.entries(installable)) {
    const file = join(dir, name);
    if (!existsSync(file)) continue;
    const content = readFileSync(file);
    app.get(`/${name}`, (_request, reply) => {
      if (name === 'service-worker.js') reply.header('content-security-policy', workerPolicy);
      return reply.type(type).header('cache-control', 'no-cache').send(content);
    });
  }
}
