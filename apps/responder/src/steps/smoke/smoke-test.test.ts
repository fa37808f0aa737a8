import { createServer, type Server } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileRunbook } from '@tocsin/runbook';
import { smallPlan } from '../fixtures/small-plan.ts';
import { service } from '../fixtures/steps-bench.ts';
import type { StepsProbe, StepsService } from '../ports.ts';
import { smokeTargets, testTarget } from './smoke-test.ts';

let server: Server;
let probe: StepsProbe;
let watched: StepsService;
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.headers.host} ${request.url} ${request.headers.authorization}`);
    response.statusCode = request.headers.authorization === 'Bearer good' ? 200 : 401;
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  probe = {
    target: 'data',
    url: `http://127.0.0.1:${port}/api/data`,
    host: 'api.example.com',
    timeoutMs: 2000,
  };
  const dir = mkdtempSync(join(tmpdir(), 'tocsin-smoke-'));
  for (const name of ['good', 'bad']) writeFileSync(join(dir, name), `${name}\n`);
  const tenants = ['good', 'bad'].map((id) => ({ id, tokenFile: join(dir, id) }));
  watched = { ...service, probes: [probe], tenants };
});
afterAll(async () => {
  server.close();
  await once(server, 'close');
});

test('the document says what is asked, the probe says where', () => {
  expect(smokeTargets(smallPlan(), [probe])).toEqual([
    { name: 'Test basic functionality: GET /api/data', probe, url: probe.url },
  ]);
  expect(smokeTargets(compileRunbook('# Runbook\n'), [probe])).toEqual([
    { name: 'probe data', probe, url: probe.url },
  ]);
  expect(smokeTargets(smallPlan(), [])).toEqual([]);
});

test('every tenant asks with its own token; one that is refused fails the test', async () => {
  const [target] = smokeTargets(smallPlan(), [probe]);
  if (target === undefined) throw new Error('no target');
  const check = await testTarget(watched, target, new AbortController().signal);
  expect(check.ok).toBe(false);
  expect(check.text).toContain('1 of 2 tenants answered');
  expect(check.text).toContain('bad: HTTP 401');
  expect(seen.toSorted()).toEqual([
    'api.example.com /api/data Bearer bad',
    'api.example.com /api/data Bearer good',
  ]);
  const good = { ...watched, tenants: watched.tenants.slice(0, 1) };
  expect((await testTarget(good, target, new AbortController().signal)).ok).toBe(true);
});

test('nobody there is a failed test with the reason', async () => {
  const nowhere = { name: 'x', probe: { ...probe, timeoutMs: 500 }, url: 'http://127.0.0.1:1/api/data' };
  const check = await testTarget(watched, nowhere, new AbortController().signal);
  expect(check).toMatchObject({ ok: false });
  expect(check.text).toContain('ECONNREFUSED');
});
