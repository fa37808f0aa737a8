import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem, problemBody } from './problem.ts';

function fromFramework(error: Error): Problem {
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status >= 400 && status < 500) {
    const errors = [
      { place: 'body', value: null, expected: 'JSON with its content type and length as sent' },
    ];
    return new Problem('invalid-request', error.message, { errors, cause: error });
  }
  return new Problem('internal', 'Something unexpected happened; the logs have it under this instance', {
    cause: error,
  });
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.statusCode === 503) reply.header('retry-after', '1');
  if (problem.statusCode === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problem.statusCode)
    .type('application/problem+json')
    .send(problemBody(problem, reply.request.id));
}

/** Every failure leaves as problem+json; failures of the service are logged with their cause, those of the caller are not errors. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const failure = error instanceof Error ? error : new Error(String(error));
    const problem = failure instanceof Problem ? failure : fromFramework(failure);
    if (problem.statusCode >= 500) {
      request.log.error({ tenant: request.tenant, err: problem.cause ?? problem }, problem.message);
    }
    return send(reply, problem);
  });
  app.setNotFoundHandler((request, reply) =>
    send(
      reply,
      new Problem('not-found', `${request.method} ${request.url.split('?')[0]} is not served here`),
    ),
  );
}
