import { STATUS_CODES } from 'node:http';
import type { Problem } from '@tocsin/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, errorCatalogue, type ErrorCode } from '#platform';

/** The one place where errors become answers: problem documents with a request id; defects are logged with their cause. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = knownError(error, request);
    return sendProblem(reply, request, known);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      reply,
      request,
      new AppError(
        'not-found',
        `${request.method} ${request.url}: no such route; expected one of /api (see docs/openapi.json)`,
      ),
    ),
  );
}

/** The error as one of the catalogue; a defect is logged with its cause. */
export function knownError(error: unknown, request: FastifyRequest): AppError {
  const known = error instanceof AppError ? error : translate(error, request);
  if (known.code === 'internal') request.log.error({ err: error }, 'request failed');
  return known;
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, error: AppError): FastifyReply {
  const problem: Problem = {
    type: `urn:tocsin:problem:${error.code}`,
    title: STATUS_CODES[error.status] ?? error.code,
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId: request.id,
    ...(error.issues.length === 0 ? {} : { issues: [...error.issues] }),
  };
  return reply
    .status(error.status)
    .type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problem);
}

/** Fastify's own refusals (bad JSON, too large, wrong type, too many) as codes of the catalogue; all else is a defect. */
function translate(error: unknown, request: FastifyRequest): AppError {
  const place = `${request.method} ${request.url}`;
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413)
    return new AppError(
      'too-large',
      `${place}: body of ${request.headers['content-length'] ?? 'unknown'} bytes; expected at most ${request.routeOptions.bodyLimit}`,
    );
  if (isDatabaseAway(error))
    return new AppError('unavailable', `${place}: the database does not answer now; repeat in some seconds`);
  if (status >= 500)
    return new AppError('internal', `${place}: a defect; the log holds request ${request.id}`);
  const code = codeOf(status);
  return new AppError(
    code,
    `${place}: ${(error as Error).message}; expected ${expectations[code] ?? 'JSON'}`,
  );
}

/** Connection refused or cut, the server shutting down or starting, or no connection in time. Source: PostgreSQL's SQLSTATE classes 08 and 57. */
function isDatabaseAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|57P)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(message)
  );
}

const expectations: Partial<Record<ErrorCode, string>> = {
  invalid: 'a JSON body with content-type application/json',
  'too-many': 'fewer requests; see the Retry-After header',
};

function codeOf(status: number): ErrorCode {
  for (const [code, entry] of Object.entries(errorCatalogue))
    if (entry.status === status) return code as ErrorCode;
  return 'invalid';
}
