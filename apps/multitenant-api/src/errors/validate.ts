import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { Problem, type ProblemItem } from './problem.ts';

function typed(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

/** Fastify with routes whose types come from their zod schemas. */
export type TypedApp = ReturnType<typeof typed>;

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let at = input;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** Turns what zod found wrong with one part of a request into a `Problem` (400) that lists every place with its value. */
export function invalidRequest(part: string, error: z.core.$ZodError, input: unknown): Problem {
  const errors = error.issues.map((issue): ProblemItem => ({
    place: [part, ...issue.path].join('.'),
    value: valueAt(input, issue.path) ?? null,
    expected: issue.message,
  }));
  const detail = errors.map(
    (item) => `${item.place}: ${JSON.stringify(item.value)}; expected ${item.expected}`,
  );
  return new Problem('invalid-request', detail.join('\n'), { errors });
}

const names: Record<string, string> = {
  querystring: 'query',
  body: 'body',
  params: 'path',
  headers: 'header',
};

/** Checks requests by the zod schemas of their routes; answers are written as the handlers made them. */
export function validateRequests(app: FastifyInstance): TypedApp {
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (input: unknown) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return { value: parsed.data };
    return { error: invalidRequest(names[httpPart ?? 'body'] ?? 'body', parsed.error, input) };
  });
  app.setSerializerCompiler(() => JSON.stringify);
  return typed(app);
}
