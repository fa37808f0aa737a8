import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Has a server listen and resolves with its port; 0 takes a free one. Rejects when the address cannot be had. */
export async function listening(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Closes an HTTP server with every connection. */
export async function closed(server: Server & { closeAllConnections(): void }): Promise<void> {
  const gone = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await gone;
}
