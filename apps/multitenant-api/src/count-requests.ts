import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller's tenant once the token is verified, "none" before and without one. */
    tenant: string;
  }
  interface FastifyContextConfig {
    /** Asked by machines on a clock: not counted, logged only when debugging. */
    probe?: boolean;
  }
}

/** The status nginx uses for "the client closed the connection before the answer". */
const clientGaveUp = 499;

function logServed(request: FastifyRequest, status: number, ms: number): void {
  const probe = request.routeOptions.config.probe === true;
  const line = { tenant: request.tenant, method: request.method, route: routeOf(request), status, ms };
  if (probe) request.log.debug(line, 'probe');
  else if (status >= 500) request.log.error(line, 'request failed');
  else request.log.info(line, 'request');
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unmatched';
}

/** Counts and logs each request once, when its answer is out or its client is gone. */
export function countRequests(app: FastifyInstance, metrics: Metrics): void {
  app.decorateRequest('tenant', 'none');
  app.addHook('onRequest', (request, reply, next) => {
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      const status = reply.raw.writableFinished ? reply.raw.statusCode : clientGaveUp;
      logServed(request, status, ms);
      if (request.routeOptions.config.probe === true) return;
      metrics.served({ method: request.method, route: routeOf(request), status, tenant: request.tenant, ms });
    });
    next();
  });
}
