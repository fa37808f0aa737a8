import type { FastifyInstance } from 'fastify';
import { AppError } from '#platform';
import { proofOf } from './read-body.ts';
import type { IntakeContext } from './register-intake.ts';

/** `POST` or `GET /intake/heartbeat/NAME`: a sign of life. */
export function registerHeartbeats(app: FastifyInstance, { ports }: IntakeContext): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/intake/heartbeat/:name',
    handler: async (request) => {
      const { name } = request.params as { name: string };
      const heartbeat = ports.alerts.config.heartbeats.find((one) => one.name === name);
      if (heartbeat === undefined)
        throw new AppError('not-signed-in', `heartbeat "${name}": no valid token for it`);
      ports.alerts.senders.requireBeat(heartbeat, proofOf(request));
      await ports.alerts.beat(name);
      return { ok: true };
    },
  });
}
