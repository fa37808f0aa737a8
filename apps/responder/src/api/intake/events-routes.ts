import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { readEvent } from '#alerts';
import { knownError } from '../answer-errors.ts';
import { jsonBody, proofOf } from './read-body.ts';
import type { IntakeContext } from './register-intake.ts';
import { malformedLines, takeIn } from './take-in.ts';

/** PagerDuty's Events API v2 at `/intake/pagerduty/v2/enqueue`; the routing key is the sender's token. */
export function registerEvents(app: FastifyInstance, context: IntakeContext): void {
  app.setErrorHandler((error, request, reply) => {
    const known = knownError(error, request);
    return reply
      .status(known.status)
      .send({ status: known.code, message: known.message, errors: [known.message] });
  });
  app.post('/intake/pagerduty/v2/enqueue', async (request, reply) => {
    const sender = context.ports.alerts.senders.find(
      'pagerduty',
      proofOf(request, routingKey(jsonBody(request))),
    );
    const arrival = { at: Date.now(), resolveAfterMs: sender.resolveAfterMs };
    let dedupKey = '';
    const { malformed } = await takeIn(context, sender, request, (body) => {
      const read = readEvent(body, randomUUID().replaceAll('-', ''), arrival);
      ({ dedupKey } = read);
      return read.incoming;
    });
    if (malformed.length > 0)
      return reply.status(400).send({
        status: 'invalid event',
        message: 'Event object is invalid',
        errors: malformedLines(malformed),
      });
    return reply.status(202).send({ status: 'success', message: 'Event processed', dedup_key: dedupKey });
  });
}

function routingKey(body: { readonly value: unknown } | { readonly text: string }): string | undefined {
  if (!('value' in body) || typeof body.value !== 'object' || body.value === null) return undefined;
  const { routing_key: key } = body.value as { routing_key?: unknown };
  return typeof key === 'string' ? key : undefined;
}
