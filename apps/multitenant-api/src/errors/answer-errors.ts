import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemBody, type ProblemKind } from './problem.ts';

/** The largest body that is read, in bytes. */
export const bodyLimitBytes = 256 * 1024;

/** What Fastify itself refuses before a route runs, by the status it chose. */
const refusals: Record<number, { kind: ProblemKind; place: string; expected: string }> = {
  400: { kind: 'invalid-request', place: 'body', expected: 'valid JSON, as long as its content-length says' },
  413: { kind: 'too-large', place: 'body', expected: `at most ${bodyLimitBytes} bytes` },
  415: { kind: 'unsupported-media-type', place: 'header content-type', expected: 'application/json' },
};

function fromFramework(error: Error, request: FastifyRequest): Problem {
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  const refusal = refusals[status];
  if (refusal === undefined) return new Problem('internal', error.message, { cause: error });
  const { kind, place, expected } = refusal;
  const value = status === 415 ? (request.headers['content-type'] ?? null) : null;
  return new Problem(kind, error.message, { errors: [{ place, value, expected }], cause: error });
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.statusCode === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problem.statusCode)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemBody(problem, reply.request.id));
}

/** Every failure leaves as problem+json; failures of the service are logged with their cause, those of the caller are not errors. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const failure = error instanceof Error ? error : new Error(String(error));
    const problem = failure instanceof Problem ? failure : fromFramework(failure, request);
    if (problem.statusCode >= 500) {
      const { id: requestId, tenant } = request;
      request.log.error({ requestId, tenant, err: problem.cause ?? problem }, problem.message);
    }
    return send(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const asked = `${request.method} ${request.url.split('?')[0]}`;
    return send(reply, new Problem('not-found', `${asked} is not served here`));
  });
}
