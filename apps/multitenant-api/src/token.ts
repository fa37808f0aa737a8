import { jwtVerify } from 'jose/jwt/verify';
import { z } from 'zod';
import { Problem } from './problem.ts';

const claims = z.object({
  tenant: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/),
  sub: z.string().min(1),
  role: z.string().min(1).default('member'),
});

/** Who is asking: the tenant whose rows may be seen, the user and the user's role. */
export type Caller = z.output<typeof claims>;

/** Verifies the value of an Authorization header. Throws a `Problem` (401) that says what is wrong with it. */
export type VerifyToken = (authorization: string | undefined) => Promise<Caller>;

function refused(place: string, value: string, expected: string, cause?: unknown): Problem {
  const errors = [{ place, value, expected }];
  return new Problem('unauthenticated', `${place}: ${value}; expected ${expected}`, { errors, cause });
}

/** A verifier for HS256 tokens signed with `secret`; tolerates 5 s of clock difference. */
export function tokenVerifier(secret: string): VerifyToken {
  const key = new TextEncoder().encode(secret);
  return async (authorization) => {
    if (authorization === undefined) {
      throw refused('header authorization', 'missing', '"Bearer" and a token');
    }
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw refused('header authorization', 'not a bearer token', '"Bearer" and a token');
    const payload = await jwtVerify(token, key, { algorithms: ['HS256'], clockTolerance: 5 }).then(
      (verified) => verified.payload,
      (cause: Error) => {
        throw refused(
          'token',
          cause.message,
          'a token signed with HS256 by this service and not expired',
          cause,
        );
      },
    );
    const caller = claims.safeParse(payload);
    if (caller.success) return caller.data;
    const claim = String(caller.error.issues[0]?.path[0]);
    throw refused(
      `token claim ${claim}`,
      JSON.stringify(payload[claim]) ?? 'missing',
      'claims tenant and sub',
    );
  };
}
