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

interface Served {
  readonly request: FastifyRequest;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly probe: boolean;
}

function logServed({ request, route, status, ms, probe }: Served): void {
  const { id: requestId, tenant, method } = request;
  if (status >= 500 && !probe) {
    request.log.error({ requestId, tenant, method, route, status, ms }, 'request failed');
    return;
  }
  const line = { requestId, tenant, method, route, status, ms };
  if (probe) request.log.debug(line, 'probe');
  else request.log.info(line, 'request');
}

/** Counts and logs each request once, when its answer is out or its client is gone. */
export function countRequests(app: FastifyInstance, metrics: Metrics): void {
  app.decorateRequest('tenant', 'none');
  app.addHook('onRequest', (request, reply, next) => {
    const startedAt = performance.now();
    const { raw } = reply;
    raw.once('close', () => {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      const status = raw.writableFinished ? raw.statusCode : clientGaveUp;
      const { url: route = 'unmatched', config } = request.routeOptions;
      const probe = config.probe === true;
      logServed({ request, route, status, ms, probe });
      if (!probe) metrics.served({ method: request.method, route, status, tenant: request.tenant, ms });
    });
    next();
  });
}
