import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '#platform';
import type { PodFact, RequestMetrics } from '#facts';
import { prometheusSchema } from '../prometheus-config.ts';
import { createRequestSender } from './probe/send-request.ts';
import { type ApiPod, startApiPod } from './prometheus/fixtures/api-pods.ts';
import { type PrometheusServer, startPrometheusServer } from './prometheus/fixtures/prometheus-server.ts';
import { startRequestMetrics } from './start-request-metrics.ts';

const log = createLogger({ level: 'silent' });
const patience = { timeout: 40_000, interval: 100 };

let cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of cleanUp.toReversed()) await close();
  cleanUp = [];
});

async function startPods(): Promise<{ a: ApiPod; b: ApiPod; port: number }> {
  const a = await startApiPod('a', '127.0.0.2');
  const b = await startApiPod('b', '127.0.0.3', a.port);
  cleanUp.push(
    () => a.close(),
    () => b.close(),
  );
  for (const one of [a, b]) one.serve('t1', 100);
  return { a, b, port: a.port };
}

async function startServer(...given: Parameters<typeof startPrometheusServer>): Promise<PrometheusServer> {
  const server = await startPrometheusServer(...given);
  cleanUp.push(() => server.stop());
  return server;
}

const addresses = (...pods: readonly ApiPod[]) =>
  Object.fromEntries(pods.map((one) => [one.name, one.address]));

interface Reading {
  readonly port: number;
  readonly pods: () => readonly PodFact[];
  /** Absent: the pods are scraped. */
  readonly url?: string;
  readonly config?: object;
}

async function startReads({ port, pods, url, config = {} }: Reading) {
  const sender = createRequestSender(Date.now);
  const reads = await startRequestMetrics({
    pods,
    port,
    path: '/metrics',
    intervalMs: 1000,
    sender,
    log,
    now: Date.now,
    namespace: 'platform',
    prometheus:
      url === undefined
        ? undefined
        : prometheusSchema.parse({ url, intervalMs: 1000, scrapeIntervalMs: 2000, ...config }),
  });
  cleanUp.push(
    () => sender.close(),
    () => reads.stop(),
  );
  return reads;
}

type Reads = Awaited<ReturnType<typeof startReads>>;

function counted(rows: readonly RequestMetrics[], tenant: string) {
  const its = rows.flatMap((row) => row.tenants).filter((one) => one.tenant === tenant);
  const sum = (of: (one: (typeof its)[number]) => number) => its.reduce((total, one) => total + of(one), 0);
  return {
    requests: sum((one) => one.requests),
    errors: sum((one) => one.errors),
    p95Ms: Math.max(0, ...its.map((one) => one.p95Ms ?? 0)),
  };
}

/** It tells, and its newest rows are of more than one pod. */
async function tells(reads: Reads): Promise<void> {
  const isTelling = () => reads.note() === null && (reads.metrics().at(-1)?.podsScraped.length ?? 0) > 1;
  await expect.poll(isTelling, patience).toBe(true);
}

const byPod = <T extends { readonly pod: string }>(rows: readonly T[] = []): readonly T[] =>
  rows.toSorted((x, y) => x.pod.localeCompare(y.pod));

/** All of its newest row that does not depend on the moment. */
function asOne(reads: Reads): object {
  const { podsScraped = [], podsMissing, pools, memory, ...others } = reads.metrics().at(-1) ?? {};
  const keys = Object.keys(others);
  return {
    podsScraped: podsScraped.toSorted(),
    podsMissing,
    pools: byPod(pools),
    memory: byPod(memory),
    keys,
  };
}

describe('request metrics from Prometheus', () => {
  it('are those that a scrape of the pods would have told, first errors included', async () => {
    const { a, b, port } = await startPods();
    const pods = () => [a.fact, b.fact];
    const server = await startServer({ pods: addresses(a, b) });
    const reads = await startReads({ port, pods, url: server.url });
    const scrapes = await startReads({ port, pods });
    await tells(reads);
    await expect.poll(() => scrapes.metrics().length, patience).toBeGreaterThan(0);
    const begun = [reads, scrapes].map((one) => one.metrics());
    a.serve('t1', 40);
    b.serve('t1', 10, 503, 700);
    a.serve('t2', 12, 499, 1500);
    for (const [i, one] of [reads, scrapes].entries()) {
      const news = () => one.metrics().filter((row) => begun[i]?.includes(row) !== true);
      await expect.poll(() => counted(news(), 't1'), patience).toMatchObject({ requests: 50, errors: 10 });
      await expect.poll(() => counted(news(), 't2'), patience).toMatchObject({ requests: 12, errors: 12 });
      expect(counted(news(), 't2').p95Ms).toBeCloseTo(1950);
    }
    expect(asOne(reads)).toEqual(asOne(scrapes));
    expect(asOne(reads)).toMatchObject({
      podsScraped: ['api-a', 'api-b'],
      podsMissing: [],
      pools: [{ size: 5 }, {}],
    });
  });

  it('name the pod that cannot be scraped, and count a later one from its first request', async () => {
    const { a, b, port } = await startPods();
    const later: ApiPod[] = [];
    const server = await startServer({ pods: { ...addresses(a, b), 'api-c': `127.0.0.4:${port}` } });
    const reads = await startReads({
      port,
      pods: () => [a.fact, b.fact, ...later.map((one) => one.fact)],
      url: server.url,
    });
    await tells(reads);
    expect(reads.metrics().at(-1)?.podsMissing).toEqual([]);
    const c = await startApiPod('c', '127.0.0.4', port);
    cleanUp.push(() => c.close());
    c.serve('t9', 30);
    later.push({ ...c, fact: { ...c.fact, createdAt: Date.now() } });
    await expect.poll(() => counted(reads.metrics(), 't9').requests, patience).toBe(30);
    b.close();
    await expect.poll(() => reads.metrics().at(-1)?.podsMissing, patience).toEqual(['api-b']);
    expect(reads.note()).toBeNull();
  });

  it('give way to the pods while it is gone, and come back with it', async () => {
    const { a, b, port } = await startPods();
    const pods = () => [a.fact, b.fact];
    const server = await startPrometheusServer({ pods: addresses(a, b) });
    const reads = await startReads({ port, pods, url: server.url });
    await tells(reads);
    await server.stop();
    await expect
      .poll(reads.note, patience)
      .toMatch(/^Prometheus: cannot be reached \(.*ECONNREFUSED.*\); the pods are scraped directly instead$/);
    const gone = Date.now();
    const since = () => reads.metrics().filter((row) => row.from > gone);
    await expect.poll(() => since().length, patience).toBeGreaterThan(0);
    a.serve('t1', 7, 500);
    await expect.poll(() => counted(since(), 't1').errors, patience).toBe(7);
    const again = await startServer({ pods: addresses(a, b), port: Number(new URL(server.url).port) });
    expect(again.url).toBe(server.url);
    await tells(reads);
    a.serve('t3', 5);
    await expect.poll(() => counted(reads.metrics(), 't3').requests, patience).toBe(5);
  });
});

/** Reads of a service whose Prometheus is configured like this. */
async function startTold(config: object, url?: string, scrapeInterval = '1s') {
  const { a, b, port } = await startPods();
  const server = await startServer({ pods: addresses(a, b), scrapeInterval });
  await expect.poll(async () => (await fetch(`${server.url}/-/ready`)).status, patience).toBe(200);
  const reads = await startReads({ port, pods: () => [a.fact, b.fact], url: url ?? server.url, config });
  return { reads, server };
}

describe('a Prometheus that does not tell', () => {
  const cases = [
    { config: { queries: { requests: 'sum(' } }, words: /status 400, bad_data: .*parse error.*, for sum\(;/ },
    {
      config: { queries: { requests: 'sum by (tenant) (http_requests_total)' } },
      words: /a result without the label "pod" \(labels: tenant\); expected it of sum by/,
    },
    {
      config: { queries: { requests: '1 + 1' } },
      words: /status 200, data\.resultType: .*; expected an instant vector for 1 \+ 1;/,
    },
    {
      config: { selector: 'namespace="other"' },
      words: /it scrapes no pod of the service; expected some for max by/,
    },
  ];

  it('says why, and the pods are scraped', async () => {
    const { a, b, port } = await startPods();
    const server = await startServer({ pods: addresses(a, b) });
    const pods = () => [a.fact, b.fact];
    const started = cases.map(({ config }) => startReads({ port, pods, url: server.url, config }));
    for (const [i, reads] of (await Promise.all(started)).entries()) {
      await expect.poll(reads.note, patience).toMatch(cases[i]?.words ?? /^$/);
      expect(reads.note()).toMatch(/^Prometheus: .*; the pods are scraped directly instead$/);
      await expect.poll(() => reads.metrics().at(-1)?.podsScraped.length, patience).toBe(2);
    }
  });

  it('is behind, or hangs: the same', async () => {
    const { reads, server } = await startTold({ scrapeIntervalMs: 1000, timeoutMs: 400 }, undefined, '20s');
    await expect
      .poll(reads.note, patience)
      .toMatch(/^Prometheus: its newest sample of the service is \d+ s old; expected at most 2 s;/);
    server.signal('SIGSTOP');
    await expect.poll(reads.note, patience).toMatch(/^Prometheus: no answer within 400 ms;/);
    server.signal('SIGCONT');
  });

  it('is something else, or wants a token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-prometheus-token-'));
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'let me in\n');
    const asked: (string | undefined)[] = [];
    const proxy = createServer((request, response) => {
      asked.push(`${request.headers.authorization} ${String(request.headers['x-scope-orgid'])}`);
      response.writeHead(401).end('<html>who are you?</html>');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    cleanUp.push(
      () => proxy.close(),
      () => proxy.closeAllConnections(),
      () => rmSync(folder, { recursive: true }),
    );
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/prometheus/`;
    const { reads } = await startTold({ tokenFile, headers: { 'X-Scope-OrgID': 'platform' } }, url);
    await expect
      .poll(reads.note, patience)
      .toMatch(/^Prometheus: status 401 without JSON: "<html>who are you/);
    expect(asked[0]).toBe('Bearer let me in platform');
  });
});
