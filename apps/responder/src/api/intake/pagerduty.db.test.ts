import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acknowledge, event, resolve, trigger } from '@pagerduty/pdjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { secret, type ServedIntake, serveIntake } from '../fixtures/serve-intake.ts';

/** PagerDuty's own client speaks TLS only: a proxy with a certificate of the test stands before the responder. */
let served: ServedIntake;
let proxy: Server;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-events-'));

beforeAll(async () => {
  served = await serveIntake();
  proxy = await startProxy(served.url);
});
afterAll(async () => {
  proxy.close();
  await served.stop();
  rmSync(folder, { recursive: true });
});

async function startProxy(responder: string): Promise<Server> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
  ];
  execFileSync('openssl', [...args, '-subj', '/CN=localhost', '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  // Read for every connection by the TLS layer; it holds for this test file's process alone.
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (asked, answer) => {
    const { method, headers } = asked;
    const passed = request(`${responder}${asked.url ?? ''}`, { method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    asked.pipe(passed);
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  return server;
}

const server = () => `127.0.0.1:${(proxy.address() as AddressInfo).port}/intake/pagerduty`;
const payload = {
  summary: 'replication lags',
  source: 'db-1',
  severity: 'critical',
  class: 'Replication',
} as const;
const fact = () => served.stage.ports.alerts.facts.alerts().find((one) => one.name === 'Replication');

it('triggers, acknowledges and resolves as its documentation says', async () => {
  const data = { routing_key: secret, event_action: 'trigger', payload } as const;
  const triggered = await trigger({ server: server(), data: { ...data, dedup_key: '' } });
  expect(triggered.response.status).toBe(202);
  expect(triggered.data).toMatchObject({ status: 'success', message: 'Event processed' });
  const { dedup_key: dedupKey } = triggered.data as unknown as { dedup_key: string };
  expect(dedupKey).toMatch(/^[0-9a-f]{32}$/);
  await expect.poll(fact).toMatchObject({
    source: 'events',
    severity: 'P1',
    summary: 'replication lags',
    labels: { source: 'db-1' },
  });

  const known = { ...data, dedup_key: dedupKey };
  expect((await acknowledge({ server: server(), data: known })).response.status).toBe(202);
  expect(fact()).toBeDefined();
  expect((await resolve({ server: server(), data: known })).response.status).toBe(202);
  await expect.poll(fact).toBeUndefined();
});

it('refuses what is no event, with the places', async () => {
  const data = {
    routing_key: secret,
    event_action: 'trigger',
    dedup_key: 'x',
    payload: { ...payload, summary: '' },
  } as const;
  const { response, data: body } = await event({
    server: server(),
    data,
  });
  expect(response.status).toBe(400);
  expect(body).toMatchObject({
    status: 'invalid event',
    errors: ['body.payload.summary: ""; expected a text'],
  });
});
