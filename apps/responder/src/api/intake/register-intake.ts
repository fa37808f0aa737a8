import type { FastifyInstance } from 'fastify';
import type { ApiPorts } from '../api-ports.ts';
import { registerAlertmanager } from './alertmanager-routes.ts';
import { registerEvents } from './events-routes.ts';
import { registerHeartbeats } from './heartbeat-routes.ts';
import { registerWebhooks } from './webhook-routes.ts';

export interface IntakeContext {
  readonly ports: Pick<ApiPorts, 'alerts' | 'database'>;
  readonly startedAt: number;
  readonly version: string;
}

/** Each in a scope of its own: a refusal speaks the words of the tool whose place is taken. */
const intakes = [registerAlertmanager, registerEvents, registerWebhooks, registerHeartbeats];

/**
 * Where other tools send their alerts: without cookies, sessions and the limits for people. Bodies stay raw, because
 * signatures are over bytes, and a sender proves itself with each request.
 */
export async function registerIntake(app: FastifyInstance, context: IntakeContext): Promise<void> {
  const bodyLimit = context.ports.alerts.config.maxBodyBytes;
  for (const register of intakes)
    await app.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) =>
        parsed(null, body),
      );
      register(scope, context);
      done();
    });
}
