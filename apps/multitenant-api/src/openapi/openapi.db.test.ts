import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { startService, tokenFor, type TestService } from '../../test/service.ts';

let postgres: TestPostgres;
let service: TestService;

beforeAll(async () => {
  postgres = await startPostgres();
  service = await startService(postgres);
});

afterAll(async () => {
  await service?.close();
  await postgres?.remove();
});

const documentSchema = z.object({
  openapi: z.string(),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({})),
    securitySchemes: z.object({}).loose(),
  }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        summary: z.string(),
        security: z.array(z.object({ bearer: z.array(z.string()) })).optional(),
        parameters: z.array(z.looseObject({ in: z.string(), name: z.string() })).default([]),
        responses: z.record(
          z.string(),
          z.looseObject({ content: z.record(z.string(), z.unknown()).optional() }),
        ),
      }),
    ),
  ),
});

async function served(): Promise<z.output<typeof documentSchema>> {
  const answer = await service.ask('/openapi.json');
  expect(answer.status).toBe(200);
  return documentSchema.parse(await answer.json());
}

describe('the API description', () => {
  it('is OpenAPI 3.1, is the committed one and tells of every route', async () => {
    const document = await served();
    expect(document.openapi).toBe('3.1.0');
    const committed = await readFile(
      new URL('../../../../docs/multitenant-api.openapi.json', import.meta.url),
      'utf8',
    );
    expect(await (await service.ask('/openapi.json')).json()).toEqual(JSON.parse(committed));
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    for (const one of told) {
      const [method = '', path = ''] = one.split(' ');
      expect(service.app.http.hasRoute({ method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') })).toBe(true);
    }
    for (const route of [
      'GET /api/data',
      'POST /api/data',
      'PATCH /api/data/{id}',
      'DELETE /api/keys/{id}',
      'GET /ready',
    ])
      expect(told).toContain(route);
  });

  it('says of each guarded route what it may refuse, as problems, and which token it needs', async () => {
    const { paths } = await served();
    for (const [path, methods] of Object.entries(paths)) {
      for (const { security, responses } of Object.values(methods)) {
        const guarded = path.startsWith('/api/');
        expect(security).toEqual(guarded ? [{ bearer: [] }] : undefined);
        if (!guarded) continue;
        for (const status of ['401', '403', '429', '500', '503']) {
          expect(Object.keys(responses[status]?.content ?? {})).toEqual(['application/problem+json']);
        }
      }
    }
  });

  it('refers to nothing that is not there, and holds nothing that is not referred to', async () => {
    const document = await served();
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    const named = new Set(refs.map(([, name]) => name));
    expect(named).toEqual(new Set(Object.keys(document.components.schemas)));
  });

  it('names the headers that make repeats and changes safe', async () => {
    const { paths } = await served();
    const headers = (path: string, method: string): string[] =>
      (paths[path]?.[method]?.parameters ?? []).filter((one) => one.in === 'header').map((one) => one.name);
    expect(headers('/api/data', 'post')).toEqual(['idempotency-key']);
    expect(headers('/api/data/{id}', 'put')).toEqual(['if-match']);
    expect(headers('/api/data/{id}', 'get')).toEqual(['if-none-match']);
  });
});

describe('every failure', () => {
  it('is a problem, of a status and kind that are known, with the id of the request', async () => {
    const admin = { authorization: `Bearer ${await tokenFor('t1', { claims: { role: 'admin' } })}` };
    const body = '{}';
    const asks: [string, RequestInit, number][] = [
      ['/nowhere', {}, 404],
      ['/api/data', {}, 401],
      ['/api/users', { headers: { authorization: `Bearer ${await tokenFor('t1')}` } }, 403],
      ['/api/data?limit=x', { headers: admin }, 400],
      ['/api/data', { method: 'POST', body, headers: admin }, 400],
      ['/api/data/1', { headers: admin }, 404],
      ['/api/keys', { method: 'POST', body: 'x'.repeat(300_000), headers: admin }, 413],
      ['/api/users', { method: 'POST', body, headers: admin }, 400],
    ];
    for (const [path, init, status] of asks) {
      const answer = await service.ask(path, init);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({
        type: expect.stringMatching(/^urn:multitenant-api:problem:[a-z-]+$/),
        title: expect.any(String),
        status,
        detail: expect.any(String),
        instance: expect.stringMatching(/^[0-9a-f]{12}-/),
      });
    }
  });
});
