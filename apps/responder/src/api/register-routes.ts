import { type Route, type RouteName, routes } from '@tocsin/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { databaseNow } from '#platform';
import { writeAudit } from './audit.ts';
import { authenticate, requireRole } from './authenticate.ts';
import { actorOf, type Caller } from './caller.ts';
import type { Call, Context, Handler } from './handler.ts';
import { handlers } from './handlers/index.ts';
import { parseRequest } from './invalid-request.ts';
import { requireSameOrigin } from './same-origin.ts';

const signInsPerMinute = 20;

/** Every route of the contract, each in the order: authorise, parse, audit, act, answer. */
export function registerRoutes(app: FastifyInstance, context: Context): void {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    app.route({
      method: route.method,
      ...(route.bodyLimitBytes === undefined ? {} : { bodyLimit: route.bodyLimitBytes }),
      url: route.path,
      config: name === 'login' ? { rateLimit: { max: signInsPerMinute, timeWindow: '1 minute' } } : {},
      handler: (request, reply) => serve(context, { name, route }, request, reply),
    });
  }
}

async function serve(
  context: Context,
  { name, route }: { name: RouteName; route: Route },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const caller = await authorise(context, { name, route }, request);
  const parsed = parse(route, request);
  const { database } = context.ports;
  const { id: requestId, url: subject } = request;
  const now =
    route.method === 'GET' || caller === null
      ? await databaseNow(database)
      : await writeAudit(database, {
          actor: actorOf(caller),
          action: name,
          subject,
          detail: { requestId, body: parsed.body },
        });
  const call = { caller, ...parsed, now, request, reply } as Call;
  return (handlers[name] as unknown as Handler<Route>)(context, call);
}

/** Who may: the least role is the route's. Refused changes leave a row too. */
async function authorise(
  { ports, options }: Context,
  { name, route }: { name: RouteName; route: Route },
  request: FastifyRequest,
): Promise<Caller | null> {
  if (route.method !== 'GET') requireSameOrigin(request, options.publicUrl);
  const caller = await authenticate(ports, request);
  if (route.role === 'anyone') return caller;
  try {
    return requireRole(caller, route.role, `${route.method} ${request.url}`);
  } catch (error) {
    if (caller !== null && route.method !== 'GET')
      await writeAudit(ports.database, {
        actor: actorOf(caller),
        action: `${name}:refused`,
        subject: request.url,
        detail: { requestId: request.id, role: caller.person.role, needed: route.role },
      });
    throw error;
  }
}

function parse(route: Route, request: FastifyRequest) {
  return {
    params: route.params && parseRequest(route.params, 'path', request.params),
    query: route.query && parseRequest(route.query, 'query', request.query),
    body: route.body && parseRequest(route.body, 'body', request.body ?? {}),
  };
}
