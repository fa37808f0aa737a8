import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientInode, holds, socketInode } from './socket-owner.ts';

describe('whose connection it is', () => {
  it('finds the process that holds the client’s end, and nobody else', async () => {
    const server = net.createServer().listen(0, '127.0.0.9');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    const client = net.connect(port, '127.0.0.9');
    const [accepted] = (await once(server, 'connection')) as [net.Socket];
    const ends = {
      localAddress: accepted.remoteAddress ?? '',
      localPort: accepted.remotePort ?? 0,
      remoteAddress: '127.0.0.9',
      remotePort: port,
    };
    const inode = clientInode(ends) ?? '';
    expect([1, process.pid].filter((pid) => holds(pid, inode))).toEqual([process.pid]);
    expect(holds(process.ppid, inode)).toBe(false);
    expect(clientInode({ ...ends, localPort: port })).toBeUndefined();
    client.destroy();
    server.close();
  });

  it('reads the table of the kernel', () => {
    const row =
      '   1: 0100007F:C1D2 02C8107F:1538 01 00000000:00000000 00:00000000 00000000     0        0 123456 1 0000 20 4 30 10 -1\n';
    const ends = {
      localAddress: '127.0.0.1',
      localPort: 0xc1d2,
      remoteAddress: '127.16.200.2',
      remotePort: 5432,
    };
    expect(socketInode(`  sl  local_address rem_address\n${row}`, ends)).toBe('123456');
    expect(socketInode(row, { ...ends, remotePort: 1 })).toBeUndefined();
  });
});
