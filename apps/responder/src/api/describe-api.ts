import { problem, type Route, routes } from '@tocsin/contract';
import type { z } from 'zod';
import { errorCatalogue } from '#platform';
import { createWireSchemas, type WireSchemas } from './wire-schemas.ts';

const overview =
  'Roles, weakest first: viewer, responder, approver, admin. A role may do all that weaker ones may. Live changes: `GET /api/stream`.';

/** The OpenAPI 3.1 description of the routes, generated from the schemas that check them. */
export function describeApi(version: string): Record<string, unknown> {
  const schemas = createWireSchemas();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(schemas, name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tocsin responder',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: overview,
    },
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      responses: refusals(schemas),
      schemas: schemas.components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'tocsin_session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(schemas: WireSchemas, name: string, route: Route): Record<string, unknown> {
  return {
    operationId: name,
    summary: route.summary,
    description: route.role === 'anyone' ? 'Needs no sign-in.' : `Needs the role ${route.role}.`,
    ...(route.role === 'anyone' ? { security: [] } : {}),
    ...parameters(schemas, route),
    ...requestBody(schemas, route),
    responses: { 200: success(schemas, route), ...refusalsOf(route) },
  };
}

function requestBody(schemas: WireSchemas, { body }: Route): Record<string, unknown> {
  if (body === undefined) return {};
  const content = { 'application/json': { schema: schemas.of(body, 'input') } };
  return { requestBody: { required: true, content } };
}

function parameters(schemas: WireSchemas, route: Route): Record<string, unknown> {
  const list = [
    ...fields(schemas, route.params, 'path'),
    ...fields(schemas, route.query, 'query'),
    ...(route.ifMatch === true ? [ifMatch] : []),
  ];
  return list.length === 0 ? {} : { parameters: list };
}

/** The version that a change was made from, as its ETag. */
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: '^"\\d+"$' },
};

function fields(schemas: WireSchemas, schema: z.ZodObject | undefined, place: 'path' | 'query'): unknown[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: schemas.of(field as z.ZodType, 'input'),
  }));
}

function success(schemas: WireSchemas, route: Route): Record<string, unknown> {
  const content =
    typeof route.response === 'string'
      ? { [route.response]: { schema: { type: 'string' } } }
      : { 'application/json': { schema: schemas.of(route.response, 'output') } };
  return { description: route.summary, content };
}

function refusalsOf(route: Route): Record<string, unknown> {
  const entries = Object.entries(errorCatalogue)
    .filter(([code]) => route.role !== 'anyone' || code !== 'not-signed-in')
    .map(([code, { status }]) => [status, { $ref: `#/components/responses/${code}` }]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function refusals(schemas: WireSchemas): Record<string, unknown> {
  const content = { 'application/problem+json': { schema: schemas.of(problem, 'output') } };
  return Object.fromEntries(
    Object.entries(errorCatalogue).map(([code, { meaning }]) => [code, { description: meaning, content }]),
  );
}
