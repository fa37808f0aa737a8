import { Reachability } from '#network';
import { ObjectStore } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlServer } from './control-server.ts';
import { FaultRegistry } from './fault-registry.ts';
import { FAULT_KINDS } from './kinds.ts';

const HOST = '127.0.0.1';
const PORT = 47_070;
const token = 'a token';
const store = new ObjectStore();
const faults = new FaultRegistry({ store, kubelets: [], reach: new Reachability(store, () => []) });
const server = new ControlServer({ faults, token, status: () => ({ ready: true }) });

beforeAll(() => server.listen(HOST, PORT));
afterAll(() => server.close());

async function ask(
  method: string,
  path: string,
  { body = '', authorization = `Bearer ${token}` } = {},
): Promise<[number, unknown]> {
  const response = await fetch(`http://${HOST}:${PORT}${path}`, {
    method,
    headers: { authorization },
    ...(body === '' ? {} : { body }),
  });
  return [response.status, await response.json()];
}

describe('ControlServer', () => {
  it('tells the status and the kinds of faults to who holds the token', async () => {
    expect(await ask('GET', '/status')).toEqual([200, { ready: true }]);
    const [status, body] = await ask('GET', '/faults');
    expect([status, (body as { kinds: { kind: string }[] }).kinds.map(({ kind }) => kind)]).toEqual([
      200,
      FAULT_KINDS.map(({ kind }) => kind),
    ]);
  });

  it.each([
    ['GET /status', { authorization: 'Bearer another' }, 401, 'authorization: expected the bearer token'],
    ['POST /faults/node-frozen', { body: '{' }, 400, 'body: not JSON'],
    ['POST /faults/node-frozen', { body: '{"node":7}' }, 400, 'expected {"node": name}, {"pod": name}'],
    ['POST /faults/node-frozen', { body: '{"pod":"x"}' }, 400, 'node-frozen takes a node'],
    ['POST /faults/pod-killed', { body: '{"pod":"x"}' }, 404, '"x" does not run on a living node'],
    ['POST /faults/pod-frozen', {}, 409, 'no pod with app=multitenant-api runs'],
    ['DELETE /faults/none', {}, 404, 'no fault with id "none" is in force'],
    ['PUT /faults/none', {}, 404, 'no such path'],
  ])('%s %o answers %d', async (route, options, status, message) => {
    const [method = '', path = ''] = route.split(' ');
    const [code, body] = await ask(method, path, options);
    expect(code).toBe(status);
    expect((body as { error: string }).error).toContain(message);
  });
});
