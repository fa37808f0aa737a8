import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { registerAcknowledge } from './acknowledge/acknowledge-routes.ts';
import { answerErrors } from './answer-errors.ts';
import type { ApiOptions, ApiPorts } from './api-ports.ts';
import { registerCallbacks } from './callbacks/callback-routes.ts';
import { createChangeFeed } from './change-feed.ts';
import { feedChanges } from './feed-changes.ts';
import { hashToken } from './hash-token.ts';
import { registerIntake } from './intake/register-intake.ts';
import { registerRoutes } from './register-routes.ts';
import { serveConsole } from './serve-console.ts';

const bodyLimitBytes = 64 * 1024;

/** The responder's HTTP side, not yet listening: routes of the contract, live stream, health, metrics and the console. */
export async function createApi(ports: ApiPorts, options: ApiOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: ports.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  answerErrors(app);
  const { version, startedAt } = options;
  // Before the protections of people's requests: each sender proves itself, and none is slowed down by them.
  await registerIntake(app, { ports, version, startedAt });
  await registerCallbacks(app, ports);
  await protect(app, options);
  const feed = createChangeFeed();
  const changes = await feedChanges(ports, options, feed);
  app.addHook('preClose', (done) => {
    changes.stop();
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  registerRoutes(app, { ports, options, feed });
  registerAcknowledge(app, ports);
  registerHealth(app, ports);
  if (options.consoleDir !== null) await serveConsole(app, options.consoleDir);
  return app;
}

async function protect(app: FastifyInstance, options: ApiOptions): Promise<void> {
  await app.register(cookie);
  await app.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: options.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    keyGenerator: (request) => {
      const secret = request.headers.authorization ?? request.headers.cookie;
      return secret === undefined ? request.ip : hashToken(secret);
    },
    allowList: (request) => request.url === '/healthz' || request.url === '/metrics',
  });
}

function registerHealth(app: FastifyInstance, ports: ApiPorts): void {
  app.get('/healthz', async (_request, reply) => {
    try {
      await ports.database.query('select 1');
      return { ok: true };
    } catch (error) {
      ports.log.warn({ error: String(error) }, 'health: the database does not answer');
      return reply.status(503).send({ ok: false, because: 'the database does not answer' });
    }
  });
  app.get('/metrics', async (_request, reply) => {
    reply.type(ports.metrics.contentType);
    return ports.metrics.metrics();
  });
}
