import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { TypedApp } from '../errors/validate.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { describeRoute } from '../openapi/describe-route.ts';
import type { Redis } from '../redis/redis.ts';
import type { Authenticate } from '../tokens/authenticate.ts';
import type { RemoteKeys } from '../tokens/remote-keys.ts';
import { askDatabase, askDependencies, overall } from './ask-dependencies.ts';

/** What the routes of health look at. */
export interface HealthPorts {
  readonly config: Config;
  readonly database: Database;
  readonly redis: Redis | null;
  readonly keys: RemoteKeys | null;
  readonly lifecycle: Lifecycle;
  readonly authenticate: Authenticate;
}

const tags = ['health'];
const open = true;
const dependency = z.looseObject({ status: z.enum(['ok', 'failing']) });
const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded', 'failing']),
    stage: z.enum(['starting', 'serving', 'draining']),
    pod: z.string(),
    uptimeSeconds: z.int(),
    dependencies: z.object({
      database: dependency,
      redis: dependency.optional(),
      tokenIssuer: dependency.optional(),
    }),
  })
  .meta({ id: 'Health' });

function describeProbe(summary: string, states: readonly [string, ...string[]]) {
  const body = z.looseObject({ status: z.enum(states) });
  return describeRoute({}, { tags, open, summary, answer: { status: 200, body } });
}

/**
 * Three questions kept apart: `/livez` is the process turning, `/readyz` may it get traffic, `/health` what is wrong.
 * `/health` works without a token; one that is sent is checked. `/live` and `/ready` are the same by other names.
 */
export function healthRoutes(app: TypedApp, ports: HealthPorts): void {
  const { config, database, lifecycle, authenticate } = ports;
  const probe = { probe: true };

  async function ready(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (lifecycle.stage !== 'serving') return reply.code(503).send({ status: lifecycle.stage });
    const { report, error } = await askDatabase(database);
    if (report.status === 'ok') return reply.send({ status: 'ready', database: report });
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    request.log.error(
      { requestId: request.id, reason: report.reason, err: cause },
      `not ready: ${report.reason}`,
    );
    return reply.code(503).send({ status: 'not-ready', database: report });
  }

  for (const url of ['/livez', '/live']) {
    const schema = describeProbe('The process turns', ['ok']);
    app.get(url, { config: probe, schema }, async () => ({ status: 'ok' }));
  }
  for (const url of ['/readyz', '/ready']) {
    const schema = describeProbe('It may get traffic; 503 otherwise', ['ready']);
    app.route({ method: 'GET', url, config: probe, schema, handler: ready });
  }

  app.get(
    '/health',
    {
      schema: describeRoute(
        {},
        {
          tags,
          open,
          summary: 'Each dependency; 503 without the database',
          answer: { status: 200, body: healthSchema },
          refusals: ['unauthenticated'],
        },
      ),
    },
    async (request, reply) => {
      if (request.headers.authorization !== undefined) await authenticate(request);
      const dependencies = await askDependencies(ports);
      const status = overall(dependencies);
      return reply.code(status === 'failing' ? 503 : 200).send({
        status,
        stage: lifecycle.stage,
        pod: config.POD_NAME,
        uptimeSeconds: Math.floor(process.uptime()),
        dependencies,
      });
    },
  );
}
