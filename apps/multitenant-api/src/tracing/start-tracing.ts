import { context, propagation, trace, SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Tracing } from './tracing.ts';

function startRequestSpan(request: FastifyRequest): Span {
  const parent = propagation.extract(context.active(), request.headers);
  const route = request.routeOptions.url ?? 'unmatched';
  const attributes = {
    'http.request.method': request.method,
    'http.route': route,
    'url.path': request.url.split('?')[0] ?? '',
    'request.id': request.id,
  };
  const options = { kind: SpanKind.SERVER, attributes };
  return trace.getTracer('multitenant-api').startSpan(`${request.method} ${route}`, options, parent);
}

function endRequestSpan(span: Span, request: FastifyRequest, reply: FastifyReply): void {
  const status = reply.raw.writableFinished ? reply.raw.statusCode : 499;
  span.setAttribute('http.response.status_code', status);
  span.setAttribute('tenant.id', request.tenant);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function traceRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, next) => {
    if (request.routeOptions.config.probe === true) {
      next();
      return;
    }
    const span = startRequestSpan(request);
    reply.raw.once('close', () => endRequestSpan(span, request, reply));
    context.with(trace.setSpan(context.active(), span), next);
  });
}

async function inDatabase<T>(operation: string, work: () => Promise<T>): Promise<T> {
  const attributes = { 'db.system.name': 'postgresql', 'db.operation.name': operation };
  const options = { kind: SpanKind.CLIENT, attributes };
  return trace.getTracer('multitenant-api').startActiveSpan(`db ${operation}`, options, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Sends spans to `endpoint` (OTLP over HTTP, JSON) in batches. One service a process: OpenTelemetry's registry is global. */
export function startTracing(config: Config, endpoint: string, log: Logger): Tracing {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const sdk = new NodeSDK({
    serviceName: 'multitenant-api',
    traceExporter: new OTLPTraceExporter({ url, timeoutMillis: 2000 }),
    instrumentations: [],
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  log.info({ url }, 'sending traces');
  return {
    traceRequests,
    inDatabase,
    async stop() {
      const sent = sdk.shutdown().then(
        () => 'sent',
        (error: Error) => error.message,
      );
      const end = await Promise.race([sent, sleep(config.TRACE_FLUSH_MS, 'its time was up', { ref: false })]);
      if (end !== 'sent') log.warn(`last traces not sent: ${end}`);
    },
  };
}
