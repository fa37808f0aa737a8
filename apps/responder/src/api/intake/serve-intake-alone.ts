import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from '#platform';
import { answerErrors } from '../answer-errors.ts';
import type { IntakeContext } from './register-intake.ts';
import { registerIntake } from './register-intake.ts';

/** The intake without the API for people, not yet listening: for a process of its own. */
export async function serveIntakeAlone(
  ports: IntakeContext['ports'] & { readonly log: Logger },
): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: ports.log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  answerErrors(app);
  await registerIntake(app, { ports, startedAt: Date.now(), version: 'alone' });
  return app;
}
