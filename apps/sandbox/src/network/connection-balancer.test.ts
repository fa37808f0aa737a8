import net from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { claimAddressSpace, type AddressSpace } from './address-space.ts';
import { ConnectionBalancer, type Endpoint } from './connection-balancer.ts';

const stops: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(): Promise<{ space: AddressSpace; balancer: ConnectionBalancer }> {
  const space = await claimAddressSpace();
  stops.push(() => space.release());
  const balancer = new ConnectionBalancer(space.serviceIp(1), 8080);
  stops.push(() => balancer.close());
  return { space, balancer };
}

/** A pod that answers each connection with its name. */
async function pod(space: AddressSpace, n: number): Promise<Endpoint & { server: net.Server }> {
  const ip = space.podIp(0, n);
  const server = net.createServer((socket) => socket.end(`pod ${n}`));
  server.listen(8080, ip);
  await once(server, 'listening');
  stops.push(() => void server.close());
  return { ip, port: 8080, server };
}

async function ask(space: AddressSpace): Promise<string> {
  const socket = net.connect(8080, space.serviceIp(1));
  await once(socket, 'connect');
  return text(socket);
}

describe('ConnectionBalancer', () => {
  it('gives every pod its share on the same port', async () => {
    const { space, balancer } = await start();
    await balancer.update([await pod(space, 1), await pod(space, 2)]);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(space)));
    expect(new Set(answers)).toEqual(new Set(['pod 1', 'pod 2']));
  });

  it('refuses without endpoints, and serves again when there is one', async () => {
    const { space, balancer } = await start();
    const only = await pod(space, 1);
    await balancer.update([only]);
    await balancer.update([]);
    await expect(ask(space)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await balancer.update([only]);
    expect(await ask(space)).toBe('pod 1');
  });

  it('resets the client when the endpoint refuses', async () => {
    const { space, balancer } = await start();
    await balancer.update([{ ip: space.podIp(0, 9), port: 8080 }]);
    await expect(ask(space)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('hands on every byte once, however often the way is reviewed, cut and opened again', async () => {
    const space = await claimAddressSpace();
    stops.push(() => space.release());
    let open = true;
    const balancer = new ConnectionBalancer(space.serviceIp(1), 8080, () => open);
    stops.push(() => balancer.close());
    const server = net.createServer((socket) => socket.pipe(socket)).listen(8080, space.podIp(0, 1));
    await once(server, 'listening');
    stops.push(() => void server.close());
    await balancer.update([{ ip: space.podIp(0, 1), port: 8080 }]);
    const client = net.connect(8080, space.serviceIp(1)).setEncoding('utf8');
    client.write('one ');
    await once(client, 'data');
    balancer.review();
    balancer.review();
    client.write('two ');
    expect(await once(client, 'data')).toEqual(['two ']);
    open = false;
    balancer.review();
    balancer.review();
    open = true;
    balancer.review();
    client.end('three');
    expect(await text(client)).toBe('three');
  });
});

it('gives each sandbox a range of its own', async () => {
  const [first, second] = [await claimAddressSpace(), await claimAddressSpace()];
  expect(first.id).not.toBe(second.id);
  await first.release();
  const again = await claimAddressSpace(first.id);
  expect(again.id).toBe(first.id);
  await Promise.all([again.release(), second.release()]);
});
