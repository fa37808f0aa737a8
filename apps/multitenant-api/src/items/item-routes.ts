import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Entry, ReadCache } from '../cache/read-cache.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { Problem } from '../errors/problem.ts';
import type { TypedApp } from '../errors/validate.ts';
import { describeRoute } from '../openapi/describe-route.ts';
import { callerOf } from '../tokens/authenticate.ts';
import type { Guard } from '../tokens/guard.ts';
import { hashRequest, readRepeatKey, type Repeat } from './answer-once.ts';
import { changeItem, removeItem, type Target } from './change-item.ts';
import { createItem } from './create-item.ts';
import { allowedVersions, etagOfText, isKnown } from './etag.ts';
import { itemChangeSchema, itemSchema, newItemSchema } from './item.ts';
import { itemPageSchema, listPage, listQuerySchema } from './list-items.ts';
import { readItem } from './read-item.ts';

/** What the routes of items need. */
export interface ItemPorts {
  readonly config: Config;
  readonly database: Database;
  readonly cache: ReadCache;
  readonly guard: Guard;
}

const idPath = z.object({ id: z.string().regex(/^\d{1,18}$/, 'a number of at most 18 digits') });
const tags = ['items'];
const knownHeaders = z.object({ 'if-none-match': z.string().optional() });
const matchHeaders = z.object({ 'if-match': z.string().optional() });

function sendText(request: FastifyRequest, reply: FastifyReply, { head, body }: Entry): FastifyReply {
  reply.header('etag', head);
  if (isKnown(request.headers['if-none-match'], head)) return reply.code(304).send();
  reply.header('content-type', 'application/json; charset=utf-8');
  return reply.send(body);
}

function targetOf(request: FastifyRequest<{ Params: { id: string } }>): Target {
  const { id } = request.params;
  return { id, versions: allowedVersions(request.headers['if-match'], id) };
}

/** `GET` of the list and of one. */
export function itemReadRoutes(app: TypedApp, ports: ItemPorts): void {
  const { guard } = ports;

  app.get(
    '/api/data',
    {
      onRequest: guard('data:read'),
      schema: describeRoute(
        { querystring: listQuerySchema },
        {
          tags,
          summary: 'Items of the tenant, newest first',
          answer: { status: 200, body: itemPageSchema },
          refusals: ['invalid-request'],
          requestHeaders: knownHeaders,
        },
      ),
    },
    async (request, reply) => {
      const { limit, cursor } = request.query;
      const { body, next } = await listPage(ports, callerOf(request).tenant, { limit, cursor });
      if (next !== null) reply.header('link', `</api/data?limit=${limit}&cursor=${next}>; rel="next"`);
      return sendText(request, reply, { head: etagOfText(body), body });
    },
  );

  app.get(
    '/api/data/:id',
    {
      onRequest: guard('data:read'),
      schema: describeRoute(
        { params: idPath },
        {
          tags,
          summary: 'One item',
          answer: { status: 200, body: itemSchema },
          refusals: ['invalid-request', 'not-found'],
          requestHeaders: knownHeaders,
        },
      ),
    },
    async (request, reply) => {
      const { id } = request.params;
      const entry = await readItem(ports, callerOf(request).tenant, id);
      if (entry === null) throw new Problem('not-found', `item ${id} does not exist`);
      return sendText(request, reply, entry);
    },
  );
}

/** `POST`, safe to repeat with an Idempotency-Key. */
export function itemCreateRoute(app: TypedApp, ports: ItemPorts): void {
  const { config, database, cache, guard } = ports;

  function repeatOf(request: FastifyRequest): Repeat | null {
    const key = readRepeatKey(request.headers['idempotency-key']);
    if (key === null) return null;
    const requestHash = hashRequest('POST', '/api/data', request.body);
    return { key, requestHash, keepSeconds: config.IDEMPOTENCY_TTL_S };
  }

  app.post(
    '/api/data',
    {
      onRequest: guard('data:write'),
      schema: describeRoute(
        { body: newItemSchema },
        {
          tags,
          summary: 'Store an item; with an Idempotency-Key at most once',
          answer: { status: 201, body: itemSchema },
          refusals: ['invalid-request', 'in-progress', 'too-large', 'unsupported-media-type', 'key-reused'],
          requestHeaders: z.object({ 'idempotency-key': z.string().optional() }),
        },
      ),
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { entry, replayed } = await createItem(database, caller, request.body, repeatOf(request));
      if (replayed) reply.header('idempotency-replayed', 'true');
      else await cache.changed(caller.tenant);
      const id = entry.head.slice(1, entry.head.indexOf('.'));
      reply.header('location', `/api/data/${id}`).header('etag', entry.head).code(201);
      return reply.header('content-type', 'application/json; charset=utf-8').send(entry.body);
    },
  );
}

/** `PUT` and `PATCH`, each with If-Match if the caller wants to be sure. */
export function itemChangeRoutes(app: TypedApp, ports: ItemPorts): void {
  const { database, cache, guard } = ports;
  const onRequest = guard('data:write');
  const refusals = [
    'invalid-request',
    'not-found',
    'changed',
    'too-large',
    'unsupported-media-type',
  ] as const;
  const described = {
    tags,
    answer: { status: 200, body: itemSchema },
    refusals,
    requestHeaders: matchHeaders,
  } as const;

  async function change(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    body: { name?: string | undefined; value?: unknown },
  ): Promise<FastifyReply> {
    const { tenant } = callerOf(request);
    const entry = await changeItem(database, tenant, targetOf(request), body);
    await cache.changed(tenant);
    reply.header('etag', entry.head).header('content-type', 'application/json; charset=utf-8');
    return reply.send(entry.body);
  }

  app.put(
    '/api/data/:id',
    {
      onRequest,
      schema: describeRoute(
        { params: idPath, body: newItemSchema },
        { ...described, summary: 'Replace an item' },
      ),
    },
    (request, reply) => change(request, reply, request.body),
  );
  app.patch(
    '/api/data/:id',
    {
      onRequest,
      schema: describeRoute(
        { params: idPath, body: itemChangeSchema },
        { ...described, summary: 'Change parts of an item' },
      ),
    },
    (request, reply) => change(request, reply, request.body),
  );
}

/** `DELETE`, with If-Match if the caller wants to be sure. */
export function itemRemoveRoute(app: TypedApp, ports: ItemPorts): void {
  const { database, cache, guard } = ports;

  app.delete(
    '/api/data/:id',
    {
      onRequest: guard('data:write'),
      schema: describeRoute(
        { params: idPath },
        {
          tags,
          summary: 'Remove an item',
          answer: { status: 204 },
          refusals: ['invalid-request', 'not-found', 'changed'],
          requestHeaders: matchHeaders,
        },
      ),
    },
    async (request, reply) => {
      const { tenant } = callerOf(request);
      await removeItem(database, tenant, targetOf(request));
      await cache.changed(tenant);
      return reply.code(204).send();
    },
  );
}
