import { createSecretKey } from 'node:crypto';
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import type { JWTPayload } from 'jose';
import { jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose/jwt/verify';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { Problem, refuse } from '../errors/problem.ts';
import { scopesOf, tenantPattern, type Verified } from './caller.ts';

const claims = z.object({
  sub: z.string().min(1).max(200),
  role: z.string().min(1).default('member'),
  scope: z.string().optional(),
});

/** Checks a JWT. Throws a `Problem`: 401 that says what is wrong with it, 503 when the issuer's keys cannot be had. */
export type VerifyJwt = (token: string) => Promise<Verified>;

type Verify = (token: string) => Promise<JWTPayload>;

function refused(cause: unknown, expected: string): Problem {
  if (cause instanceof Problem) return cause;
  const value = cause instanceof Error ? cause.message : String(cause);
  return refuse('unauthenticated', { place: 'token', value, expected }, cause);
}

function algorithmOf(token: string): string {
  try {
    return String(decodeProtectedHeader(token).alg);
  } catch (cause) {
    throw refused(cause, 'a JWT');
  }
}

/** A shared secret verifies HS256 only and public keys the others only: a public key is never taken for a secret. */
function verifiers(config: Config, keyFor: JWTVerifyGetKey | undefined): Map<string, Verify> {
  const options: JWTVerifyOptions = {
    clockTolerance: config.JWT_CLOCK_TOLERANCE_S,
    ...(config.JWT_ISSUER === undefined ? {} : { issuer: config.JWT_ISSUER }),
    ...(config.JWT_AUDIENCE === undefined ? {} : { audience: config.JWT_AUDIENCE }),
  };
  const by = new Map<string, Verify>();
  if (config.JWT_SECRET !== undefined) {
    const key = createSecretKey(config.JWT_SECRET, 'utf8');
    const algorithms = ['HS256'];
    by.set('HS256', async (token) => (await jwtVerify(token, key, { ...options, algorithms })).payload);
  }
  if (keyFor === undefined) return by;
  const algorithms = config.JWKS_ALGORITHMS;
  const byKey: Verify = async (token) => (await jwtVerify(token, keyFor, { ...options, algorithms })).payload;
  for (const algorithm of algorithms) by.set(algorithm, byKey);
  return by;
}

/** The caller that a verified payload names. */
function callerOf(payload: JWTPayload, tenantClaim: string): Verified {
  const tenant = payload[tenantClaim];
  const parsed = claims.safeParse(payload);
  if (typeof tenant === 'string' && tenantPattern.test(tenant) && parsed.success) {
    const { sub, role, scope } = parsed.data;
    const expiresAt = payload.exp === undefined ? null : payload.exp * 1000;
    return { caller: { tenant, sub, scopes: scopesOf(role, scope) }, expiresAt };
  }
  const claim = parsed.success ? tenantClaim : String(parsed.error.issues[0]?.path[0]);
  const expected = `claims ${tenantClaim} and sub`;
  throw refuse('unauthenticated', {
    place: `token claim ${claim}`,
    value: payload[claim] ?? 'missing',
    expected,
  });
}

/** A verifier for HS256 by `JWT_SECRET` and for `JWKS_ALGORITHMS` by public keys, as far as each is configured. */
export function jwtVerifier(config: Config, keyFor: JWTVerifyGetKey | undefined): VerifyJwt {
  const by = verifiers(config, keyFor);
  const expected = `a token signed with ${[...by.keys()].join(', ')} for this service and not expired`;
  return async (token) => {
    const algorithm = algorithmOf(token);
    const verify = by.get(algorithm);
    if (verify === undefined) throw refused(new Error(`algorithm ${algorithm.slice(0, 20)}`), expected);
    const payload = await verify(token).catch((cause: unknown) => {
      throw refused(cause, expected);
    });
    return callerOf(payload, config.JWT_TENANT_CLAIM);
  };
}
