import http from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { claimAddressSpace, type AddressSpace } from './address-space.ts';
import type { Endpoint } from './connection-balancer.ts';
import { IngressProxy } from './ingress-proxy.ts';

const stops: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(): Promise<{ space: AddressSpace; setEndpoints(all: Endpoint[]): void }> {
  const space = await claimAddressSpace();
  let endpoints: Endpoint[] = [];
  const route = {
    host: 'api.example.org',
    path: '/',
    pathType: 'Prefix',
    namespace: 'n',
    service: 's',
    port: 80,
  } as const;
  const proxy = new IngressProxy(
    { routes: () => [route], endpoints: () => endpoints, reaches: () => true },
    { readTimeoutMs: 300 },
  );
  await proxy.listen(space.controlIp, 8080);
  stops.push(
    () => space.release(),
    () => proxy.close(),
  );
  return { space, setEndpoints: (all) => (endpoints = all) };
}

async function pod(space: AddressSpace, n: number, answer: http.RequestListener): Promise<Endpoint> {
  const server = http.createServer(answer).listen(8080, space.podIp(0, n));
  await once(server, 'listening');
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ip: space.podIp(0, n), port: 8080 };
}

async function ask(
  space: AddressSpace,
  { host = 'api.example.org', body = '' } = {},
): Promise<[number, string]> {
  const request = http.request({
    host: space.controlIp,
    port: 8080,
    method: 'POST',
    headers: { host },
    agent: false,
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return [response.statusCode ?? 0, await text(response)];
}

const named =
  (name: string): http.RequestListener =>
  (_req, res) =>
    void res.end(name);
const echo: http.RequestListener = (req, res) => void req.pipe(res);

describe('IngressProxy', () => {
  it('passes bodies both ways and skips an endpoint that refuses', async () => {
    const { space, setEndpoints } = await start();
    setEndpoints([{ ip: space.podIp(0, 9), port: 8080 }, await pod(space, 1, echo)]);
    for (const body of ['one', 'two', 'three']) expect(await ask(space, { body })).toEqual([200, body]);
  });

  it('spreads requests over the endpoints by chance', async () => {
    const { space, setEndpoints } = await start();
    setEndpoints([await pod(space, 1, named('a')), await pod(space, 2, named('b'))]);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(space)));
    // One in a million million that one endpoint gets all forty.
    expect(new Set(answers.map(([, body]) => body))).toEqual(new Set(['a', 'b']));
  });

  it('answers 404 for another host, 503 without endpoints, 502 when all refuse, 504 for silence', async () => {
    const { space, setEndpoints } = await start();
    expect((await ask(space, { host: 'other.example.org' }))[0]).toBe(404);
    expect((await ask(space))[0]).toBe(503);
    setEndpoints([{ ip: space.podIp(0, 9), port: 8080 }]);
    expect((await ask(space))[0]).toBe(502);
    setEndpoints([await pod(space, 2, () => undefined)]);
    expect((await ask(space))[0]).toBe(504);
  });
});
