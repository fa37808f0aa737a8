import { LogController, fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import { answerErrors, bodyLimitBytes } from './answer-errors.ts';
import type { Config } from './config.ts';
import { countRequests } from './count-requests.ts';
import { openDatabase, type Database } from './database.ts';
import { healthRoutes } from './health.ts';
import { itemRoutes } from './items.ts';
import { Lifecycle } from './lifecycle.ts';
import { createMetrics } from './metrics.ts';
import { tokenVerifier } from './token.ts';

/** The assembled service: not listening yet, no connection opened yet. */
export interface App {
  http: FastifyInstance;
  database: Database;
  lifecycle: Lifecycle;
  log: Logger;
}

function createLog(config: Config): Logger {
  return pino({
    level: config.LOG_LEVEL,
    base: { pod: config.POD_NAME },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Words, not numbers: people search these lines for "error".
    formatters: { level: (label) => ({ level: label }) },
  });
}

/** Connections that stay open would keep clients on a pod that is about to go. */
function closeConnectionsWhileDraining(http: FastifyInstance, lifecycle: Lifecycle): void {
  http.addHook('onSend', (_request, reply, _payload, next) => {
    if (lifecycle.stage === 'draining') reply.header('connection', 'close');
    next();
  });
}

/** Composition root. `log` is replaced in tests only. */
export function createApp(config: Config, log: Logger = createLog(config)): App {
  const lifecycle = new Lifecycle();
  const database = openDatabase(config, (error) =>
    log.error({ err: error }, `idle database connection lost: ${error.message}`),
  );
  const metrics = createMetrics({
    poolState: () => database.poolState(),
    maxConnections: config.POOL_SIZE,
    tenantLabels: config.TENANT_LABELS,
  });
  const verify = tokenVerifier(config.JWT_SECRET);
  const loggerInstance: FastifyBaseLogger = log;
  const http = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    // While closing, what still arrives is answered: the balancer may not have heard yet.
    return503OnClosing: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: 10_000,
  });
  countRequests(http, metrics);
  closeConnectionsWhileDraining(http, lifecycle);
  answerErrors(http);
  healthRoutes(http, { config, database, lifecycle, verify });
  itemRoutes(http, { database, verify });
  http.get('/metrics', { config: { probe: true } }, async (_request, reply) => {
    const { contentType, text } = await metrics.render();
    return reply.type(contentType).send(text);
  });
  return { http, database, lifecycle, log };
}
