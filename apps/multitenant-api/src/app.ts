import { LogController, fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import { noCache, readCache, type ReadCache } from './cache/read-cache.ts';
import type { Config } from './config.ts';
import { openDatabase, type Database } from './database/database.ts';
import { answerErrors, bodyLimitBytes } from './errors/answer-errors.ts';
import { validateRequests } from './errors/validate.ts';
import { apiVersion } from './openapi/api-version.ts';
import { apiRoutes, type ApiPorts } from './openapi/api-routes.ts';
import { apiKeyVerifier } from './keys/verify-api-key.ts';
import { Lifecycle } from './lifecycle.ts';
import { createLimiter } from './limits/limiter.ts';
import { countRequests } from './metrics/count-requests.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { openRedis, type Redis } from './redis/redis.ts';
import { requestIds } from './request-id.ts';
import { authenticator } from './tokens/authenticate.ts';
import { createGuard } from './tokens/guard.ts';
import { rememberVerified } from './tokens/remember-verified.ts';
import { jwtVerifier } from './tokens/verify-jwt.ts';
import { noTracing, type Tracing } from './tracing/tracing.ts';

/** The assembled service: not listening yet, no connection to the database opened yet. */
export interface App {
  http: FastifyInstance;
  database: Database;
  lifecycle: Lifecycle;
  log: Logger;
  /** Lets go of Redis, sends the last spans. Never rejects. */
  closeHelpers(): Promise<void>;
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

function createHttp(log: Logger): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    // No child for each request, which costs more than the line that most of them write: lines name the request themselves.
    childLoggerFactory: (logger) => logger,
    // While closing, what still arrives is answered: the balancer may not have heard yet.
    return503OnClosing: false,
    bodyLimit: bodyLimitBytes,
    requestTimeout: 10_000,
  });
}

/** Loaded only when spans have somewhere to go: the process at rest stays small. */
async function openTracing(config: Config, log: Logger): Promise<Tracing> {
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return noTracing;
  const { startTracing } = await import('./tracing/start-tracing.ts');
  return startTracing(config, config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
}

function metricsRoute(http: FastifyInstance, metrics: Metrics): void {
  http.get('/metrics', { config: { probe: true } }, async (_request, reply) => {
    const { contentType, text } = await metrics.render();
    return reply.type(contentType).send(text);
  });
}

/** Made when it is first asked for, and kept. */
function openapiRoute(http: FastifyInstance, ports: ApiPorts): void {
  let text: Promise<string> | undefined;
  http.get('/openapi.json', { config: { probe: true } }, async (_request, reply) => {
    text ??= import('./openapi/describe-api.ts').then(async ({ describeApi }) =>
      JSON.stringify(await describeApi(ports, apiVersion())),
    );
    return reply.type('application/json').send(await text);
  });
}

async function createPorts(
  config: Config,
  parts: { log: Logger; lifecycle: Lifecycle; tracing: Tracing },
): Promise<ApiPorts & { metrics: Metrics }> {
  const { log, lifecycle, tracing } = parts;
  let redis: Redis | null = null;
  const database = openDatabase(config, {
    tracing,
    listener: {
      lost: (error) => log.error({ err: error }, `idle database connection lost: ${error.message}`),
      waited: (ms) => metrics.waitedForConnection(ms),
      gaveUp: (reason) => metrics.gotNoConnection(reason),
    },
  });
  const metrics = createMetrics({
    poolState: () => database.poolState(),
    maxConnections: config.POOL_SIZE,
    maxWaiting: config.POOL_QUEUE,
    tenantLabels: config.TENANT_LABELS,
    redisMode: () => (config.REDIS_URL === undefined ? undefined : (redis?.mode() ?? 'open')),
  });
  if (config.REDIS_URL !== undefined) {
    redis = await openRedis(config, config.REDIS_URL, { log, onMiss: (miss) => metrics.missedRedis(miss) });
  }
  const rate = { limit: Math.max(1, config.RATE_LIMIT), windowMs: config.RATE_LIMIT_WINDOW_MS };
  const cache: ReadCache =
    redis === null || config.CACHE_TTL_MS === 0
      ? noCache
      : readCache(redis, {
          ttlMs: config.CACHE_TTL_MS,
          onResult: (result) => metrics.readThroughCache(result),
        });
  const remembered = rememberVerified(config.TOKEN_CACHE);
  const keys = await openKeys(config);
  const authenticate = authenticator(config, {
    verifyJwt: jwtVerifier(config, keys?.keyFor),
    verifyApiKey: apiKeyVerifier(database),
    remembered,
  });
  const onLimit = metrics.limited;
  const guard = createGuard(config, { authenticate, limiter: createLimiter(rate, redis), onLimit });
  return { config, database, redis, cache, keys, remembered, lifecycle, authenticate, guard, metrics };
}

async function openKeys(config: Config): Promise<ApiPorts['keys']> {
  if (config.JWKS_URL === undefined) return null;
  const { remoteKeys } = await import('./tokens/remote-keys.ts');
  return remoteKeys(config.JWKS_URL, config);
}

/** Composition root. `log` is replaced in tests only. */
export async function createApp(config: Config, log: Logger = createLog(config)): Promise<App> {
  const lifecycle = new Lifecycle();
  const tracing = await openTracing(config, log);
  const ports = await createPorts(config, { log, lifecycle, tracing });
  const http = createHttp(log);
  http.decorateRequest('caller', null);
  tracing.traceRequests(http);
  countRequests(http, ports.metrics);
  closeConnectionsWhileDraining(http, lifecycle);
  answerErrors(http);
  apiRoutes(validateRequests(http), ports);
  metricsRoute(http, ports.metrics);
  openapiRoute(http, ports);
  return {
    http,
    database: ports.database,
    lifecycle,
    log,
    async closeHelpers() {
      ports.redis?.close();
      await tracing.stop();
    },
  };
}
