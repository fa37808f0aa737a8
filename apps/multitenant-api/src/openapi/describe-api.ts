import swagger from '@fastify/swagger';
import { fastify, type FastifySchema } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { validateRequests } from '../errors/validate.ts';
import { dropUnusedSchemas } from './drop-unused-schemas.ts';
import { apiRoutes, type ApiPorts } from './api-routes.ts';

/** Headers are described here and read by the handlers: checking all headers of each request would cost, and gain nothing. */
function withHeaders(schema: FastifySchema & { requestHeaders?: unknown }): FastifySchema {
  const { requestHeaders, ...rest } = schema;
  return requestHeaders === undefined ? rest : { ...rest, headers: requestHeaders };
}

/** The OpenAPI 3.1 description, made from the routes themselves. Loads what it needs only when it is asked for. */
export async function describeApi(ports: ApiPorts, version: string): Promise<object> {
  const app = fastify();
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'multitenant-api',
        version,
        description: 'A multi-tenant API: each token sees the rows of its own tenant and no others.',
      },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A JWT or an API key' } },
      },
    },
    transform: (route) => jsonSchemaTransform({ ...route, schema: withHeaders(route.schema) }),
    transformObject: jsonSchemaTransformObject,
  });
  apiRoutes(validateRequests(app), ports);
  await app.ready();
  const description = dropUnusedSchemas(app.swagger());
  await app.close();
  return description;
}
