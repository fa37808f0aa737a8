import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRequestSender, type RequestSender } from './send-request.ts';
import { startProbes, type Probes } from './start-probes.ts';

/** Three backends behind one port, by turns: the second accepts and never answers, the third answers 500 to t2. */
async function startBackends(): Promise<{ server: http.Server; url: string; connections: () => number }> {
  let connections = 0;
  let turn = 0;
  const server = http.createServer((request, response) => {
    turn += 1;
    if (turn % 3 === 0) return;
    const refused = request.headers.authorization === 'Bearer token-t2' && turn % 3 === 1;
    response.writeHead(refused ? 500 : 200).end('{}');
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/api/data`, connections: () => connections };
}

let cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const close of cleanUp) close();
  cleanUp = [];
});

function probe(url: string, sender: RequestSender): Probes {
  const tenants = ['t1', 't2'].map((id) => ({ id, token: () => `token-${id}` }));
  const targets = [{ target: 'data', url, intervalMs: 100, timeoutMs: 400 }];
  const probes = startProbes({ targets, tenants, maxPerSecond: 50, sender, now: Date.now });
  cleanUp.push(() => probes.stop());
  return probes;
}

async function open() {
  const backends = await startBackends();
  const sender = createRequestSender(Date.now);
  cleanUp.push(
    () => sender.close(),
    () => backends.server.closeAllConnections(),
    () => backends.server.close(),
  );
  return { ...backends, sender };
}

describe('outside probes', () => {
  it('see what clients see: answers, errors and hanging requests of each tenant', async () => {
    const { url, sender, connections } = await open();
    const probes = probe(url, sender);
    await vi.waitFor(
      () => {
        const kinds = new Set(probes.samples().map((one) => `${one.tenant} ${one.outcome}`));
        expect(kinds).toEqual(new Set(['t1 ok', 't1 timeout', 't2 ok', 't2 timeout', 't2 http-error']));
      },
      { timeout: 15_000 },
    );
    const hung = probes.samples().find((one) => one.outcome === 'timeout');
    expect(hung?.durationMs).toBeGreaterThanOrEqual(395);
    expect(hung?.status).toBeNull();
    const ends = probes.samples().map((one) => one.endedAt);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(connections()).toBeGreaterThanOrEqual(probes.samples().length);
  });

  it('tell what is pending before it times out', async () => {
    const { url, sender } = await open();
    const probes = probe(url, sender);
    await vi.waitFor(
      () => expect(probes.pending().some((one) => Date.now() - one.startedAt > 100)).toBe(true),
      {
        timeout: 10_000,
      },
    );
  });

  it('burst once, not again within 30 s', async () => {
    const { url, sender } = await open();
    const probes = probe(url, sender);
    expect(probes.burst()).toBe(true);
    expect(probes.burst()).toBe(false);
    await vi.waitFor(() => expect(probes.samples().length).toBeGreaterThan(20), { timeout: 15_000 });
  });

  it('hand out windows that do not change afterwards', async () => {
    const { url, sender } = await open();
    const probes = probe(url, sender);
    await vi.waitFor(() => expect(probes.samples().length).toBeGreaterThan(2), { timeout: 10_000 });
    const before = probes.samples();
    const length = before.length;
    await vi.waitFor(() => expect(probes.samples().length).toBeGreaterThan(length), { timeout: 10_000 });
    expect(before).toHaveLength(length);
  });

  it('end quietly: what is under way when the sender closes is nobody’s failure', async () => {
    const { url, sender } = await open();
    const probes = probe(url, sender);
    await vi.waitFor(() => expect(probes.pending().length).toBeGreaterThan(0), { timeout: 10_000 });
    probes.stop();
    sender.close();
    await vi.waitFor(() => expect(probes.pending()).toEqual([]));
    await sleep(50);
    expect(probes.samples().some((one) => one.outcome === 'refused')).toBe(false);
  });
});

describe('the stage at which a request fails', () => {
  it('is named', async () => {
    const sender = createRequestSender(Date.now);
    const { outcome } = await sender.send({ url: 'http://127.0.0.1:1/', timeoutMs: 2000 });
    expect(outcome).toBe('refused');
    const dns = await sender.send({ url: 'http://no-such-host.invalid/', timeoutMs: 5000 });
    expect(['dns', 'timeout']).toContain(dns.outcome);
  });
});
