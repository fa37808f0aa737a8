import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { Problem } from '../errors/problem.ts';
import type { Counted, Limiter, LimitSource } from '../limits/limiter.ts';
import type { Decision } from '../limits/rate.ts';
import { requireScope, type Authenticate } from './authenticate.ts';
import type { Caller, Scope } from './caller.ts';

/** A hook that lets a request pass to its route, or ends it with a `Problem`. */
export type GuardHook = (
  request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
) => void | Promise<void>;

/** Makes the hook of a route that needs `scope`: who is asking, is it within the tenant's rate, may it. Nothing of the body was read yet. */
export type Guard = (scope: Scope) => GuardHook;

/** Source: IETF draft "RateLimit header fields for HTTP", structured fields `RateLimit-Policy` and `RateLimit`. */
function tell(reply: FastifyReply, policy: string, decision: Decision): void {
  reply.header('ratelimit-policy', policy);
  reply.header('ratelimit', `"tenant";r=${decision.remaining};t=${Math.ceil(decision.resetMs / 1000)}`);
}

function limited(tenant: string, policy: string, decision: Decision): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(decision.retryAfterMs / 1000));
  const detail = `tenant ${tenant}: too many requests; expected at most ${policy}; repeat after ${retryAfterSeconds} s`;
  return new Problem('rate-limited', detail, { retryAfterSeconds });
}

/** The guard of all routes below `/api`. `RATE_LIMIT` 0 means no limit. */
export function createGuard(
  config: Config,
  ports: {
    authenticate: Authenticate;
    limiter: Limiter;
    onLimit: (source: LimitSource, allowed: boolean) => void;
  },
): Guard {
  const { authenticate, limiter, onLimit } = ports;
  const windowSeconds = Math.max(1, Math.round(config.RATE_LIMIT_WINDOW_MS / 1000));
  const policy = `"tenant";q=${config.RATE_LIMIT};w=${windowSeconds}`;

  function enforce(tenant: string, reply: FastifyReply, { decision, source }: Counted): void {
    onLimit(source, decision.allowed);
    tell(reply, policy, decision);
    if (!decision.allowed) throw limited(tenant, policy, decision);
  }

  function limit(tenant: string, reply: FastifyReply): void | Promise<void> {
    if (config.RATE_LIMIT === 0) return undefined;
    return next(limiter(tenant, Date.now()), (counted) => enforce(tenant, reply, counted));
  }

  return (scope) => (request, reply, done) => {
    const check = (caller: Caller): void | Promise<void> =>
      next(limit(caller.tenant, reply), () => requireScope(caller, scope));
    const checked = next(authenticate(request), check);
    if (checked instanceof Promise) return checked;
    done();
    return undefined;
  };
}

/** Goes on at once with what is there already: most requests have a known token and are counted in this process. */
function next<T, U>(value: T | Promise<T>, work: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(work) : work(value);
}
