import '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { type Role, roles } from '@tocsin/contract';
import { personById } from '#oncall';
import { AppError } from '#platform';
import type { ApiPorts } from './api-ports.ts';
import { findApiToken } from './api-token.ts';
import type { Caller } from './caller.ts';
import { findSession, sessionCookie } from './session.ts';

/** Who sent this request, or null. A bearer token, when there is one, is what counts: a wrong one is not overruled by a cookie. */
export async function authenticate(ports: ApiPorts, request: FastifyRequest): Promise<Caller | null> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return callerOf(ports, await findApiToken(ports.database, bearer), 'token');
  const cookie = request.cookies[sessionCookie];
  if (cookie === undefined) return null;
  return callerOf(ports, await findSession(ports.database, cookie), 'session');
}

/** Somebody who has left the team has no rights, whatever tokens they hold. */
function callerOf(ports: ApiPorts, personId: string | null, via: Caller['via']): Caller | null {
  const person = personById(ports.people(), personId);
  return person === null ? null : { person, via };
}

/** Throws unless the caller holds `needed` or a stronger role. */
export function requireRole(caller: Caller | null, needed: Role, place: string): Caller {
  if (caller === null)
    throw new AppError(
      'not-signed-in',
      `${place}: no valid session or token; expected a login link's session or "Authorization: Bearer TOKEN"`,
    );
  if (roles.indexOf(caller.person.role) < roles.indexOf(needed))
    throw new AppError(
      'not-allowed',
      `${place}: ${caller.person.name} has the role "${caller.person.role}"; expected "${needed}" or stronger`,
    );
  return caller;
}
