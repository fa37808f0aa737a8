import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startOutside, type Outside } from './start-outside.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function ingress(answer: () => number): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(answer()).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(ingressUrl: string, smtp = 0): Promise<Outside> {
  const outside = await startOutside({
    host: '127.0.0.1',
    ports: { smtp, mailbox: 0, traffic: 0 },
    traffic: {
      ingressUrl,
      host: 'api.example.test',
      tenants: [{ id: 't1', token: 'token-of-t1' }],
      requestsPerSecondPerTenant: 20,
      seed: 1,
    },
  });
  open.push(() => outside.close());
  return outside;
}

it('plays the customers, and serves their counts and the mail where it says', async () => {
  const { addresses } = await start(await ingress(() => 200));
  const stats = async () =>
    (await (await fetch(`${addresses.traffic.url}/stats`)).json()) as {
      current: { tenants: { t1: { requests: number } } };
    };
  await expect.poll(async () => (await stats()).current.tenants.t1.requests).toBeGreaterThan(0);
  expect(await (await fetch(`${addresses.mailbox.httpUrl}/messages`)).json()).toEqual([]);
  expect(addresses.mailbox.smtpUrl).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
});

it('sends nothing and answers nothing once it is closed', async () => {
  let asked = 0;
  const { addresses, close } = await start(await ingress(() => ((asked += 1), 200)));
  await expect.poll(() => asked).toBeGreaterThan(0);
  await close();
  await expect(fetch(addresses.traffic.url)).rejects.toThrow('fetch failed');
  await expect(fetch(addresses.mailbox.httpUrl)).rejects.toThrow('fetch failed');
});

it('rejects when a port is taken', async () => {
  const { addresses } = await start(await ingress(() => 200));
  const taken = Number(new URL(addresses.mailbox.smtpUrl).port);
  await expect(start('http://127.0.0.1:9', taken)).rejects.toThrow('EADDRINUSE');
});
