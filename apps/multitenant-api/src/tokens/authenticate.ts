import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { Problem, refuse } from '../errors/problem.ts';
import type { VerifyApiKey } from '../keys/verify-api-key.ts';
import type { Caller, Scope, Verified } from './caller.ts';
import type { RememberedTokens } from './remember-verified.ts';
import type { VerifyJwt } from './verify-jwt.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The verified caller; null before and without a token. */
    caller: Caller | null;
  }
}

/** Finds out who asks; at once for a token that was verified a moment ago. Throws or rejects with a `Problem`: 401 for a token that is missing or void, 503 when it cannot be checked now. */
export type Authenticate = (request: FastifyRequest) => Caller | Promise<Caller>;

function bearerOf(authorization: string | undefined): string {
  const expected = '"Bearer" and a token';
  const place = 'header authorization';
  if (authorization === undefined) throw refuse('unauthenticated', { place, value: 'missing', expected });
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw refuse('unauthenticated', { place, value: 'not a bearer token', expected });
  return token;
}

function admit(request: FastifyRequest, caller: Caller): Caller {
  request.caller = caller;
  request.tenant = caller.tenant;
  return caller;
}

/** Takes JWTs and API keys as bearer tokens; one that was verified a moment ago is not verified again. */
export function authenticator(
  config: Config,
  ports: { verifyJwt: VerifyJwt; verifyApiKey: VerifyApiKey; remembered: RememberedTokens },
): Authenticate {
  const { verifyJwt, verifyApiKey, remembered } = ports;

  async function verify(token: string, nowMs: number): Promise<Caller> {
    const isKey = token.startsWith('mtk_');
    const verified: Verified = await (isKey ? verifyApiKey(token, nowMs) : verifyJwt(token));
    const ageMs = isKey ? config.API_KEY_CACHE_MS : config.TOKEN_CACHE_MS;
    remembered.keep(token, verified, { nowMs, ageMs });
    return verified.caller;
  }

  return (request) => {
    const token = bearerOf(request.headers.authorization);
    const nowMs = Date.now();
    const known = remembered.find(token, nowMs);
    if (known !== undefined) return admit(request, known);
    return verify(token, nowMs).then((caller) => admit(request, caller));
  };
}

/** Throws a `Problem` (403) when the caller's token does not carry `scope`. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes(scope)) return;
  const value = caller.scopes.join(' ');
  throw new Problem('forbidden', `token scopes: "${value}"; expected ${scope}`, {
    errors: [{ place: 'token scopes', value, expected: scope }],
  });
}

/** The verified caller of a request whose route is guarded. Throws when the route is not, which is a mistake of ours. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error(`route ${request.routeOptions.url} is not guarded`);
  return request.caller;
}
