import { problem, type Route, routes } from '@tocsin/contract';
import { z } from 'zod';
import { errorCatalogue } from '#platform';

/** The OpenAPI 3.1 description of the routes, generated from the schemas that check them. */
export function describeApi(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tocsin responder',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Roles, weakest first: viewer, responder, approver, admin. A role may do all that weaker ones may. Live changes: `GET /api/stream`.',
    },
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'tocsin_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(name: string, route: Route): Record<string, unknown> {
  return {
    operationId: name,
    summary: route.summary,
    description: route.role === 'anyone' ? 'Needs no sign-in.' : `Needs the role ${route.role}.`,
    ...(route.role === 'anyone' ? { security: [] } : {}),
    ...parameters(route),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: { 200: success(route), ...refusals(route) },
  };
}

function parameters(route: Route): Record<string, unknown> {
  const list = [...fields(route.params, 'path'), ...fields(route.query, 'query')];
  return list.length === 0 ? {} : { parameters: list };
}

function fields(schema: z.ZodObject | undefined, place: 'path' | 'query'): unknown[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: schemaOf(field as z.ZodType, 'input'),
  }));
}

function success(route: Route): Record<string, unknown> {
  if (typeof route.response === 'string')
    return { description: route.summary, content: { [route.response]: { schema: { type: 'string' } } } };
  return {
    description: route.summary,
    content: { 'application/json': { schema: schemaOf(route.response, 'output') } },
  };
}

function refusals(route: Route): Record<string, unknown> {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const entries = Object.entries(errorCatalogue)
    .filter(([code]) => route.role !== 'anyone' || code !== 'not-signed-in')
    .map(([code, { status, meaning }]) => [status, { description: `${code}: ${meaning}`, content }]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
