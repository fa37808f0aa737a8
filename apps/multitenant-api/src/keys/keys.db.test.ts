import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { startService, tokenFor, type TestService } from '../../test/service.ts';

let postgres: TestPostgres;
let service: TestService;
/** Another replica: it hears of a revoked key only when it asks again. */
let other: TestService;

beforeAll(async () => {
  postgres = await startPostgres();
  service = await startService(postgres);
  other = await startService(postgres, { API_KEY_CACHE_MS: '200' });
});

afterAll(async () => {
  await service?.close();
  await other?.close();
  await postgres?.remove();
});

interface NewKey {
  id: string;
  key: string;
  prefix: string;
}

async function ask(
  tenant: string,
  method: string,
  path: string,
  options: { role?: string; body?: unknown } = {},
): Promise<{ status: number; body: unknown }> {
  const { role = 'admin', body } = options;
  const authorization = `Bearer ${await tokenFor(tenant, { claims: { role } })}`;
  const answer = await service.ask(path, {
    method,
    headers: { authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}

async function makeKey(tenant: string, scopes: string[], extra: object = {}): Promise<NewKey> {
  const { status, body } = await ask(tenant, 'POST', '/api/keys', { body: { name: 'ci', scopes, ...extra } });
  expect(status).toBe(201);
  return body as NewKey;
}

async function withKey(key: string, method = 'GET', at = service): Promise<number> {
  const body = method === 'POST' ? { body: JSON.stringify({ name: 'n', value: 1 }) } : {};
  return (await at.ask('/api/data', { method, headers: { authorization: `Bearer ${key}` }, ...body })).status;
}

describe('an API key', () => {
  it('does what its scopes say, for its own tenant', async () => {
    const reader = await makeKey('k1', ['data:read']);
    const writer = await makeKey('k1', ['data:write']);
    expect([await withKey(reader.key), await withKey(reader.key, 'POST')]).toEqual([200, 403]);
    expect([await withKey(writer.key), await withKey(writer.key, 'POST')]).toEqual([403, 201]);
    const list = await service.ask('/api/data', { headers: { authorization: `Bearer ${reader.key}` } });
    const { items } = (await list.json()) as { items: { createdBy: string }[] };
    expect(items.map((item) => item.createdBy)).toEqual([`key:${writer.id}`]);
  });

  it('is shown once; afterwards its prefix is, and no table holds its secret', async () => {
    const { id, key, prefix } = await makeKey('k2', ['data:read', 'admin']);
    const { body } = await ask('k2', 'GET', '/api/keys');
    expect(body).toMatchObject({
      keys: [{ id, prefix, name: 'ci', scopes: ['data:read', 'admin'], revokedAt: null }],
    });
    const secret = key.split('_')[2] ?? '';
    expect(JSON.stringify(body)).not.toContain(secret);
    const stored = JSON.stringify(await asAdmin(postgres, 'SELECT api_keys::text FROM api_keys'));
    expect(stored).not.toContain(secret);
    expect(JSON.stringify(service.lines)).not.toContain(secret);
  });

  it('that is revoked is void at once here and in a moment elsewhere', async () => {
    const { id, key } = await makeKey('k3', ['data:read']);
    expect([await withKey(key), await withKey(key, 'GET', other)]).toEqual([200, 200]);
    expect((await ask('k3', 'DELETE', `/api/keys/${id}`)).status).toBe(204);
    expect(await withKey(key)).toBe(401);
    await expect.poll(() => withKey(key, 'GET', other), { timeout: 10_000 }).toBe(401);
  });

  it('that has expired is void', async () => {
    const { key } = await makeKey('k4', ['data:read'], { expiresAt: '2020-01-01T00:00:00Z' });
    expect(await withKey(key)).toBe(401);
  });

  it.each([
    ['a wrong secret', (key: string) => key.replace(/_[0-9a-f]{48}_/, `_${'0'.repeat(48)}_`)],
    ['an unknown id', (key: string) => key.replace(/^mtk_[0-9a-f]{12}/, 'mtk_000000000000')],
    ['another tenant written into it', (key: string) => key.replace(/k5$/, 'k1')],
    ['its end cut off', (key: string) => key.slice(0, -3)],
  ])('with %s is void', async (_case, bend) => {
    const { key } = await makeKey('k5', ['data:read']);
    expect(await withKey(key)).toBe(200);
    expect(await withKey(bend(key))).toBe(401);
  });

  it('is not revoked by another tenant, nor seen, nor made by somebody who is no administrator', async () => {
    const { id, key } = await makeKey('k6', ['data:read']);
    expect((await ask('k7', 'DELETE', `/api/keys/${id}`)).status).toBe(404);
    expect((await ask('k7', 'GET', '/api/keys')).body).toEqual({ keys: [] });
    expect(await withKey(key)).toBe(200);
    const body = { name: 'n', scopes: ['admin'] };
    expect((await ask('k6', 'POST', '/api/keys', { role: 'member', body })).status).toBe(403);
  });

  it('with a scope that does not exist is refused', async () => {
    const { status, body } = await ask('k6', 'POST', '/api/keys', { body: { name: 'n', scopes: ['all'] } });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ place: 'body.scopes.0', value: 'all' }] });
  });
});

describe('users and the tenant', () => {
  it('are kept by its administrators', async () => {
    const made = await ask('u1', 'POST', '/api/users', { body: { email: 'a@u1.example', role: 'viewer' } });
    expect(made).toMatchObject({ status: 201, body: { email: 'a@u1.example', role: 'viewer' } });
    const { id } = made.body as { id: string };
    const twice = await ask('u1', 'POST', '/api/users', { body: { email: 'A@u1.example' } });
    expect(twice).toMatchObject({ status: 409, body: { type: 'urn:multitenant-api:problem:conflict' } });
    expect((await ask('u2', 'POST', '/api/users', { body: { email: 'a@u1.example' } })).status).toBe(201);
    const changed = await ask('u1', 'PATCH', `/api/users/${id}`, { body: { role: 'admin' } });
    expect(changed.body).toMatchObject({ id, role: 'admin' });
    expect((await ask('u2', 'PATCH', `/api/users/${id}`, { body: { role: 'viewer' } })).status).toBe(404);
    expect((await ask('u2', 'DELETE', `/api/users/${id}`)).status).toBe(404);
    expect((await ask('u1', 'DELETE', `/api/users/${id}`)).status).toBe(204);
    expect((await ask('u1', 'GET', '/api/users')).body).toEqual({ users: [] });
    expect((await ask('u1', 'GET', '/api/users', { role: 'member' })).status).toBe(403);
  });

  it('has a name of its own that nobody else changes', async () => {
    expect((await ask('n1', 'GET', '/api/tenant', { role: 'viewer' })).body).toMatchObject({
      id: 'n1',
      name: 'n1',
    });
    await ask('n2', 'GET', '/api/tenant');
    expect((await ask('n1', 'PATCH', '/api/tenant', { body: { name: 'Acme' } })).body).toMatchObject({
      name: 'Acme',
    });
    expect((await ask('n2', 'GET', '/api/tenant')).body).toMatchObject({ id: 'n2', name: 'n2' });
    expect((await ask('n1', 'PATCH', '/api/tenant', { role: 'member', body: { name: 'x' } })).status).toBe(
      403,
    );
  });
});
