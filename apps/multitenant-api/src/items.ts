import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Database } from './database.ts';
import { Problem, type ProblemItem } from './problem.ts';
import type { VerifyToken } from './token.ts';

const listQuery = z.object({
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'a whole number from 1 to 100')
    .transform(Number)
    .pipe(z.number().min(1, 'at least 1').max(100, 'at most 100'))
    .default(20),
});

const newItem = z.strictObject(
  {
    name: z
      .string('a text of 1 to 200 characters')
      .min(1, 'at least 1 character')
      .max(200, 'at most 200 characters'),
    value: z.json('any JSON value'),
  },
  'an object with "name" and "value", and nothing else',
);

const columns = `id::text, name, value, created_by AS "createdBy", created_at AS "createdAt"`;

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let at = input;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** Parses one part of a request or throws a `Problem` (400) that lists every wrong place with its value. */
function parse<T>(part: string, schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue): ProblemItem => ({
    place: [part, ...issue.path].join('.'),
    value: valueAt(input, issue.path) ?? null,
    expected: issue.message,
  }));
  const detail = errors.map(
    (item) => `${item.place}: ${JSON.stringify(item.value)}; expected ${item.expected}`,
  );
  throw new Problem('invalid-request', detail.join('\n'), { errors });
}

/** `/api/data`: the rows of the caller's tenant, and only those; the database sees to it. */
export function itemRoutes(app: FastifyInstance, ports: { database: Database; verify: VerifyToken }): void {
  const { database, verify } = ports;

  async function list(request: FastifyRequest): Promise<unknown> {
    const caller = await verify(request.headers.authorization);
    request.tenant = caller.tenant;
    const { limit } = parse('query', listQuery, request.query);
    const found = await database.forTenant(caller.tenant, (client) =>
      client.query(`SELECT ${columns} FROM items ORDER BY tenant, id DESC LIMIT $1`, [limit]),
    );
    return { tenant: caller.tenant, items: found.rows };
  }

  async function create(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const caller = await verify(request.headers.authorization);
    request.tenant = caller.tenant;
    const item = parse('body', newItem, request.body);
    const made = await database.forTenant(caller.tenant, (client) =>
      client.query(`INSERT INTO items (name, value, created_by) VALUES ($1, $2, $3) RETURNING ${columns}`, [
        item.name,
        JSON.stringify(item.value),
        caller.sub,
      ]),
    );
    return reply.code(201).send(made.rows[0]);
  }

  app.route({ method: 'GET', url: '/api/data', handler: list });
  app.route({ method: 'POST', url: '/api/data', handler: create });
}
