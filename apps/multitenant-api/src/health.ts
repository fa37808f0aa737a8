import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { VerifyToken } from './token.ts';

const databaseLimitMs = 1000;

type DependencyReport = { status: 'ok'; latencyMs: number } | { status: 'failing'; reason: string };

async function askDatabase(database: Database): Promise<DependencyReport> {
  try {
    return { status: 'ok', latencyMs: await database.ping(databaseLimitMs) };
  } catch (error) {
    return { status: 'failing', reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Three questions kept apart: `/livez` is the process turning, `/readyz` may it get traffic, `/health` what is wrong.
 * `/health` works without a token; one that is sent is checked.
 */
export function healthRoutes(
  app: FastifyInstance,
  ports: { config: Config; database: Database; lifecycle: Lifecycle; verify: VerifyToken },
): void {
  const { config, database, lifecycle, verify } = ports;

  app.get('/livez', { config: { probe: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config: { probe: true } }, async (request, reply) => {
    if (lifecycle.stage !== 'serving') return reply.code(503).send({ status: lifecycle.stage });
    const report = await askDatabase(database);
    if (report.status === 'ok') return { status: 'ready', database: report };
    request.log.error({ reason: report.reason }, `not ready: ${report.reason}`);
    return reply.code(503).send({ status: 'not-ready', database: report });
  });

  app.get('/health', async (request, reply) => {
    if (request.headers.authorization !== undefined) {
      request.tenant = (await verify(request.headers.authorization)).tenant;
    }
    const report = await askDatabase(database);
    return reply.code(report.status === 'ok' ? 200 : 503).send({
      status: report.status,
      stage: lifecycle.stage,
      pod: config.POD_NAME,
      uptimeSeconds: Math.floor(process.uptime()),
      dependencies: { database: report },
    });
  });
}
