import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startTraffic, type Traffic, type TrafficOptions } from './start-traffic.ts';
import { trafficServer } from './traffic-server.ts';
import type { TrafficStats } from './traffic-stats.ts';

const open: (() => Promise<unknown>)[] = [];

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function start(ingressUrl: string, overrides: Partial<TrafficOptions> = {}): Traffic {
  const traffic = startTraffic({
    ingressUrl,
    host: 'api.example.test',
    tenants: ['t1', 't2', 't3', 't4', 't5'].map((id) => ({ id, token: `token-of-${id}` })),
    requestsPerSecondPerTenant: 20,
    seed: 7,
    ...overrides,
  });
  open.push(() => traffic.stop());
  return traffic;
}

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const tenantsOf = (traffic: Traffic) => Object.values(traffic.stats().current.tenants);

describe('traffic', () => {
  it('sees every third request fail, the same for each tenant, as a client does', async () => {
    const seen: { method?: string; host?: string; tenant?: string }[] = [];
    const connections = new Set<unknown>();
    const arrivals = new Map<string, number>();
    const serve = (request: IncomingMessage): number => {
      const tenant = request.headers.authorization ?? '';
      const arrival = (arrivals.get(tenant) ?? 0) + 1;
      arrivals.set(tenant, arrival);
      connections.add(request.socket);
      seen.push({ method: request.method, host: request.headers.host, tenant });
      return arrival % 3 === 0 ? 503 : 200;
    };
    const server = createServer((request, response) => void response.writeHead(serve(request)).end('{}'));
    const traffic = start(await listen(server));
    await expect
      .poll(() => Math.min(...tenantsOf(traffic).map((tenant) => tenant.requests)), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(30);
    await traffic.stop();

    for (const tenant of tenantsOf(traffic)) {
      expect(tenant.failed).toBe(Math.floor(tenant.requests / 3));
      expect(tenant.timeouts).toBe(0);
    }
    expect(connections.size).toBe(seen.length);
    expect(new Set(seen.map((request) => request.host))).toEqual(new Set(['api.example.test']));
    expect(new Set(seen.map((request) => request.tenant)).size).toBe(5);
    const writes = seen.filter((request) => request.method === 'POST').length;
    expect(writes).toBeGreaterThan(0);
    expect(writes).toBeLessThan(seen.length / 2);
    const seconds = traffic.stats().perSecond.flatMap((second) => Object.values(second.tenants));
    expect(seconds.reduce((sum, second) => sum + second.ok + second.failed, 0)).toBe(seen.length);
  });

  it('counts silence as a timeout and a closed port as an error', async () => {
    const silent = createServer(() => {});
    const url = await listen(silent);
    const traffic = start(url, { timeLimitMs: 200, requestsPerSecondPerTenant: 10 });
    await expect.poll(() => tenantsOf(traffic).every((tenant) => tenant.timeouts >= 2)).toBe(true);
    expect(tenantsOf(traffic).every((tenant) => tenant.errorRatio === 1)).toBe(true);

    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    await expect.poll(() => tenantsOf(traffic).every((tenant) => tenant.failed > tenant.timeouts)).toBe(true);
  });

  it('pauses, goes on at another rate, and answers over HTTP', async () => {
    let arrived = 0;
    const target = createServer((_request, response) => void response.end(String((arrived += 1))));
    const traffic = start(await listen(target), { requestsPerSecondPerTenant: 0 });
    const control = await listen(createServer(trafficServer(traffic)));
    expect(arrived).toBe(0);

    const rate = (body: unknown) => fetch(`${control}/rate`, { method: 'PUT', body: JSON.stringify(body) });
    const since = new Date().toISOString();
    expect((await rate({ requestsPerSecondPerTenant: 50 })).status).toBe(200);
    await expect.poll(() => arrived).toBeGreaterThan(10);
    expect((await rate({ requestsPerSecondPerTenant: 0 })).status).toBe(200);
    await traffic.stop();

    const stats = (await (await fetch(`${control}/stats?since=${since}`)).json()) as TrafficStats;
    const ok = stats.perSecond
      .flatMap((second) => Object.values(second.tenants))
      .reduce((sum, one) => sum + one.ok, 0);
    expect(ok).toBe(arrived);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(await (await fetch(`${control}/stats?since=${later}`)).json()).toMatchObject({ perSecond: [] });
  });

  it('refuses a wrong question with place, value and expectation', async () => {
    const traffic = start('http://127.0.0.1:9', { requestsPerSecondPerTenant: 0 });
    const control = await listen(createServer(trafficServer(traffic)));
    const ask = async (path: string, init?: RequestInit): Promise<[number, unknown]> => {
      const answer = await fetch(control + path, init);
      return [answer.status, await answer.json()];
    };
    expect(await ask('/stats?since=noon')).toEqual([
      400,
      { error: 'query since: "noon"; expected an ISO 8601 instant, for example 2026-01-31T12:00:00Z' },
    ]);
    const body = JSON.stringify({ requestsPerSecondPerTenant: -1 });
    expect(await ask('/rate', { method: 'PUT', body })).toEqual([
      400,
      { error: 'body: {"requestsPerSecondPerTenant":-1}; expected at least 0' },
    ]);
    expect((await ask('/rate', { method: 'PUT', body: 'x' }))[0]).toBe(400);
    expect((await ask('/nothing'))[0]).toBe(404);
  });
});
