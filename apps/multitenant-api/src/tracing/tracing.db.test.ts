import type { ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { answering, askProcess, startProcess } from '../../test/service-process.ts';
import { environment, tokenFor } from '../../test/service.ts';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status: { code?: number };
}

/** A receiver of OTLP over HTTP, of this test's own. */
class Receiver {
  readonly spans: Span[] = [];
  silent = false;
  readonly #server: Server = createServer(async (request, response) => {
    if (this.silent) return;
    const body = (await json(request)) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    for (const { scopeSpans } of body.resourceSpans)
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let postgres: TestPostgres;
let receiver: Receiver;
const children: ChildProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});

beforeEach(async () => {
  receiver = new Receiver();
  await receiver.start();
});

afterEach(() => receiver.stop());

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await postgres?.remove();
});

async function traced(overrides: Record<string, string> = {}) {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    DRAIN_DELAY_MS: '0',
  };
  const running = await startProcess(environment(postgres, { ...env, ...overrides }));
  children.push(running.child);
  return running;
}

async function list(url: string, headers: Record<string, string> = {}): Promise<number> {
  const authorization = `Bearer ${await tokenFor('t1')}`;
  return (await fetch(`${url}/api/data`, { headers: { authorization, ...headers } })).status;
}

const attributesOf = (span: Span | undefined): Record<string, unknown> =>
  Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
  );

async function loads(env: Record<string, string>, what: string): Promise<boolean> {
  const started = await startProcess({ ...environment(postgres), ...env }, answering);
  children.push(started.child);
  return (await askProcess<string[]>(started, 'modules')).some((file) => file.includes(what));
}

describe('traces', () => {
  it('show the route, the tenant and the query below it, in the trace of the caller', async () => {
    const { url } = await traced();
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    expect(await list(url, { traceparent: `00-${traceId}-b7ad6b7169203331-01` })).toBe(200);
    expect((await fetch(`${url}/api/data`)).status).toBe(401);
    const named = (name: string): Span[] => receiver.spans.filter((span) => span.name === name);
    await expect.poll(() => named('GET /api/data').length, { timeout: 10_000 }).toBe(2);
    const request = named('GET /api/data').find((span) => span.traceId === traceId);
    expect(request?.parentSpanId).toBe('b7ad6b7169203331');
    expect(attributesOf(request)).toMatchObject({
      'http.route': '/api/data',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'tenant.id': 't1',
    });
    const [query] = named('db list-items');
    expect(query).toMatchObject({ traceId, parentSpanId: request?.spanId });
    expect(attributesOf(query)).toMatchObject({
      'db.system.name': 'postgresql',
      'db.operation.name': 'list-items',
    });
    const refused = named('GET /api/data').find((span) => span.traceId !== traceId);
    expect(attributesOf(refused)).toMatchObject({ 'http.response.status_code': 401, 'tenant.id': 'none' });
    expect(receiver.spans.map((span) => span.name)).not.toContain('GET /readyz');
  });

  it('that wait are sent before the process ends', async () => {
    const { url, child, exit } = await traced({ OTEL_BSP_SCHEDULE_DELAY: '60000' });
    expect(await list(url)).toBe(200);
    expect(receiver.spans).toEqual([]);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(receiver.spans.map((span) => span.name)).toContain('GET /api/data');
  });

  it('that nobody takes do not keep the process', async () => {
    receiver.silent = true;
    const { url, child, exit, log } = await traced({ TRACE_FLUSH_MS: '300', SHUTDOWN_LIMIT_MS: '60000' });
    expect(await list(url)).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(log()).toMatch('last traces not sent: its time was up');
  });

  it('are not loaded when they have nowhere to go', async () => {
    expect(await loads({}, '/prom-client/')).toBe(true);
    expect(await loads({}, '/@opentelemetry/sdk-node/')).toBe(false);
    expect(await loads({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }, '/@opentelemetry/sdk-node/')).toBe(
      true,
    );
  });
});
