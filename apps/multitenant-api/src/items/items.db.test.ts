import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { startService, type TestService } from '../../test/service.ts';
import { itemSchema } from './item.ts';
import { itemPageSchema } from './list-items.ts';

let postgres: TestPostgres;
let service: TestService;

beforeAll(async () => {
  postgres = await startPostgres();
  service = await startService(postgres, { QUERY_TIMEOUT_MS: '20000' });
});

afterAll(async () => {
  await service?.close();
  await postgres?.remove();
});

type Headers = Record<string, string>;

function ask(
  method: string,
  path: string,
  options: { tenant: string; body?: unknown; headers?: Headers },
): Promise<Response> {
  const { tenant, body, headers = {} } = options;
  return service.ask(path, {
    method,
    tenant,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function make(tenant: string, name: string): Promise<{ id: string; etag: string }> {
  const made = await ask('POST', '/api/data', { tenant, body: { name, value: { n: 1 } } });
  expect(made.status).toBe(201);
  const { id } = itemSchema.parse(await made.json());
  return { id, etag: made.headers.get('etag') ?? '' };
}

describe('a list', () => {
  it('is read to its end by its links, each item once, also when items come and go meanwhile', async () => {
    const tenant = 'pages';
    const made: string[] = [];
    for (let n = 0; n < 12; n += 1) made.push((await make(tenant, `item ${n}`)).id);
    const seen: string[] = [];
    let path: string | null = '/api/data?limit=5';
    for (let pages = 0; path !== null && pages < 10; pages += 1) {
      const answer: Response = await ask('GET', path, { tenant });
      const page = itemPageSchema.parse(await answer.json());
      seen.push(...page.items.map((item) => item.id));
      path = /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
      expect(path === null).toBe(page.next === null);
      await make(tenant, 'came meanwhile');
      await ask('DELETE', `/api/data/${seen[0]}`, { tenant });
    }
    expect(seen).toEqual(made.toReversed());
  });

  it('has no next page when the last one is full', async () => {
    for (let n = 0; n < 2; n += 1) await make('full', `item ${n}`);
    const page = itemPageSchema.parse(
      await (await ask('GET', '/api/data?limit=2', { tenant: 'full' })).json(),
    );
    expect([page.items.length, page.next]).toEqual([2, null]);
  });

  it('refuses a cursor that it never gave', async () => {
    const answer = await ask('GET', '/api/data?cursor=MTp4', { tenant: 'pages' });
    expect(answer.status).toBe(400);
    const expected = 'the "next" of an earlier page';
    expect(await answer.json()).toMatchObject({
      errors: [{ place: 'query.cursor', value: 'MTp4', expected }],
    });
  });

  it('is 304 for who has it, until something changes', async () => {
    await make('known', 'first');
    const first = await ask('GET', '/api/data', { tenant: 'known' });
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    const again = await ask('GET', '/api/data', { tenant: 'known', headers });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await make('known', 'second');
    expect((await ask('GET', '/api/data', { tenant: 'known', headers })).status).toBe(200);
  });
});

describe('one item', () => {
  const tenant = 'one';

  it('is where its POST said it is', async () => {
    const made = await ask('POST', '/api/data', { tenant, body: { name: 'n', value: null } });
    const found = await ask('GET', made.headers.get('location') ?? '', { tenant });
    expect(await found.json()).toEqual(await made.json());
    expect(found.headers.get('etag')).toBe(made.headers.get('etag'));
  });

  it('is replaced by PUT, changed in part by PATCH, gone after DELETE', async () => {
    const { id } = await make(tenant, 'before');
    const path = `/api/data/${id}`;
    const put = await ask('PUT', path, { tenant, body: { name: 'after', value: [1] } });
    expect(itemSchema.parse(await put.json())).toMatchObject({ id, name: 'after', value: [1], version: 2 });
    const patched = await ask('PATCH', path, { tenant, body: { value: null } });
    expect(itemSchema.parse(await patched.json())).toMatchObject({ name: 'after', value: null, version: 3 });
    expect((await ask('DELETE', path, { tenant })).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await ask(method, path, { tenant })).status).toBe(404);
    expect((await ask('PUT', path, { tenant, body: { name: 'n', value: 1 } })).status).toBe(404);
    expect((await ask('PATCH', path, { tenant, body: {} })).status).toBe(400);
    expect((await ask('GET', '/api/data/x', { tenant })).status).toBe(400);
  });

  it('is changed by one of two who both read it, the other is told', async () => {
    const { id, etag } = await make(tenant, 'shared');
    const change = (name: string) =>
      ask('PATCH', `/api/data/${id}`, { tenant, body: { name }, headers: { 'if-match': etag } });
    const statuses = (await Promise.all([change('mine'), change('yours')])).map((answer) => answer.status);
    expect(statuses.toSorted()).toEqual([200, 412]);
    const removed = await ask('DELETE', `/api/data/${id}`, { tenant, headers: { 'if-match': etag } });
    expect(removed.status).toBe(412);
    const now = (await ask('GET', `/api/data/${id}`, { tenant })).headers.get('etag') ?? '';
    expect(now).not.toBe(etag);
    expect((await ask('DELETE', `/api/data/${id}`, { tenant, headers: { 'if-match': now } })).status).toBe(
      204,
    );
  });

  it('is 304 for who has this version', async () => {
    const { id, etag } = await make(tenant, 'kept');
    const headers = { 'if-none-match': etag };
    expect((await ask('GET', `/api/data/${id}`, { tenant, headers })).status).toBe(304);
    await ask('PATCH', `/api/data/${id}`, { tenant, body: { name: 'new' } });
    expect((await ask('GET', `/api/data/${id}`, { tenant, headers })).status).toBe(200);
  });
});

describe('a POST with an Idempotency-Key', () => {
  const tenant = 'once';
  const post = (key: string, body: unknown = { name: 'n', value: 1 }, by = tenant) =>
    ask('POST', '/api/data', { tenant: by, body, headers: { 'idempotency-key': key } });
  const count = async (by = tenant): Promise<number> =>
    itemPageSchema.parse(await (await ask('GET', '/api/data?limit=100', { tenant: by })).json()).items.length;

  it('stores one item however often it is sent, and answers the same', async () => {
    const before = await count();
    const first = await post('a');
    const again = await post('a');
    expect([again.status, await again.text()]).toEqual([201, await first.text()]);
    for (const name of ['etag', 'location']) expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(await count()).toBe(before + 1);
  });

  it('with another body is refused', async () => {
    await post('b');
    const other = await post('b', { name: 'n', value: 2 });
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ errors: [{ place: 'header idempotency-key', value: 'b' }] });
  });

  it('of another tenant is another key', async () => {
    await post('c');
    const other = await post('c', { name: 'other', value: 2 }, 'once-more');
    expect([other.status, other.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('that comes twice at once is done once; the second one is told to come again', async () => {
    const before = await count();
    const held = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    // Holds what a POST under way holds, for as long as this test likes.
    const name = JSON.stringify([tenant, 'user-1', 'd']);
    const holding = service.app.database.forTenant(tenant, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
      locked.resolve();
      await held.promise;
    });
    await locked.promise;
    const second = await post('d');
    expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
    held.resolve();
    await holding;
    expect((await post('d')).status).toBe(201);
    expect(await count()).toBe(before + 1);
  });

  it('in a storm of repeats is done once', async () => {
    const before = await count();
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => post('storm')))).map(
      (one) => one.status,
    );
    expect(new Set(statuses).difference(new Set([201, 409]))).toEqual(new Set());
    expect(statuses).toContain(201);
    expect(await count()).toBe(before + 1);
  });

  it('that failed leaves nothing behind and may be sent again', async () => {
    const before = await count();
    expect((await post('e', { name: '\u0000', value: 1 })).status).toBe(400);
    expect((await post('e')).status).toBe(201);
    expect(await count()).toBe(before + 1);
  });

  it('may be used anew when its time is over', async () => {
    await post('f');
    await asAdmin(
      postgres,
      `UPDATE idempotency_keys SET expires_at = now() - interval '1 s' WHERE key = 'f'`,
    );
    const anew = await post('f', { name: 'other', value: 2 });
    expect([anew.status, anew.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it.each(['', 'a b', 'x'.repeat(256)])('that is %j is refused', async (key) => {
    expect((await post(key)).status).toBe(400);
  });
});
