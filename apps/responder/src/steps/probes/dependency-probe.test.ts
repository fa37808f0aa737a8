import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { probeDependency, type DependencyKind } from './dependency-probe.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(reply: string | null): Promise<{ host: string; port: number }> {
  const server = createServer((socket) => {
    socket.on('data', () => (reply === null ? undefined : socket.end(reply)));
    socket.on('error', () => undefined);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

test.each<readonly [DependencyKind, string | null, string, string]>([
  ['postgres', 'N', 'ended', 'PostgreSQL answers'],
  ['postgres', 'HTTP/1.1 400', 'failed', 'not as postgres does'],
  ['redis', '+PONG\r\n', 'ended', 'Redis answers: +PONG'],
  ['redis', '-NOAUTH Authentication required.\r\n', 'ended', 'Redis answers'],
  ['tcp', null, 'ended', 'TCP connection'],
  ['postgres', null, 'cut-off', 'no answer within 0.5 s'],
])('%s that says %s', async (...[kind, reply, outcome, text]) => {
  const answer = await probeDependency(kind, await listen(reply), 500, new AbortController().signal);
  expect(answer.outcome).toBe(outcome);
  expect(answer.text).toContain(text);
});

test('nobody there', async () => {
  const answer = await probeDependency(
    'redis',
    { host: '127.0.0.1', port: 1 },
    500,
    new AbortController().signal,
  );
  expect(answer).toMatchObject({ outcome: 'failed' });
  expect(answer.text).toContain('ECONNREFUSED');
});
