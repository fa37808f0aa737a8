import { expect, it, vi } from 'vitest';
import { createLogger } from '#platform';
import { checksSchema } from '../../check-config.ts';
import { startTcpServer } from './fixtures/tcp-server.ts';
import { startChecks } from './start-checks.ts';

const log = createLogger({ level: 'silent' });
const subject = 'deployment/queue';

/** Connections that the server was asked for, and checks of it at their longest interval: only `look` makes more. */
async function open(kind: 'tcp' | 'redis', serve?: Parameters<typeof startTcpServer>[0]) {
  let connections = 0;
  const server = await startTcpServer((socket) => {
    connections += 1;
    serve?.(socket);
  });
  const url = `redis://127.0.0.1:${server.port}`;
  const given =
    kind === 'tcp'
      ? { kind, subject, host: '127.0.0.1', port: server.port }
      : { kind, subject, url, timeoutMs: 10_000 };
  let now = 1_000_000;
  const checks = await startChecks({
    checks: checksSchema.parse([{ ...given, intervalMs: 25_000 }]),
    log,
    now: () => now,
  });
  return {
    checks,
    connections: () => connections,
    pass: (ms: number) => (now += ms),
    close() {
      checks.stop();
      server.close();
    },
  };
}

it('makes every check at once, again when it is told to look, and not twice within a second', async () => {
  const { checks, pass, close } = await open('tcp');
  await vi.waitFor(() => expect(checks.checks()).toHaveLength(1));
  await checks.look();
  expect(checks.checks()).toHaveLength(1);
  pass(1500);
  const before = checks.checks();
  await checks.look();
  expect(checks.checks()).toMatchObject([{ at: 1_001_500, subject, outcome: 'ok' }, { at: 1_000_000 }]);
  expect(before).toHaveLength(1);
  close();
});

it('forgets what is older than five minutes', async () => {
  const { checks, pass, close } = await open('tcp');
  await vi.waitFor(() => expect(checks.checks()).toHaveLength(1));
  pass(300_001);
  await checks.look();
  expect(checks.checks()).toMatchObject([{ at: 1_300_001 }]);
  close();
});

it('does not ask again while it waits for an answer, and a stop is nobody’s failure', async () => {
  const { checks, connections, pass, close } = await open('redis');
  await vi.waitFor(() => expect(connections()).toBe(1));
  pass(2000);
  await checks.look();
  expect(connections()).toBe(1);
  close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(checks.checks()).toEqual([]);
});
