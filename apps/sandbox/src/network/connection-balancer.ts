import net from 'node:net';
import { once } from 'node:events';

/** Where a connection may be sent. */
export interface Endpoint {
  ip: string;
  port: number;
}

/**
 * One address and port of a Service. Balances connections, not requests, as kube-proxy does: the endpoint is chosen
 * when the connection opens and kept. With no endpoint nothing listens, so clients are refused; an endpoint that
 * refuses resets the client; one that is frozen lets it wait.
 */
export class ConnectionBalancer {
  readonly #host: string;
  readonly #port: number;
  readonly #sockets = new Set<net.Socket>();
  #endpoints: readonly Endpoint[] = [];
  #server: net.Server | undefined;
  #change: Promise<void> = Promise.resolve();

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  /** Replaces the endpoints; open connections stay where they are. Resolves when the port listens or is closed. */
  update(endpoints: readonly Endpoint[]): Promise<void> {
    this.#endpoints = endpoints;
    const before = this.#change.catch(() => undefined);
    this.#change = before.then(() => (this.#endpoints.length > 0 ? this.#listen() : this.#stop()));
    return this.#change;
  }

  /** Closes the port and every connection. */
  async close(): Promise<void> {
    this.#endpoints = [];
    for (const socket of this.#sockets) socket.destroy();
    await this.update([]);
  }

  async #listen(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
    server.listen(this.#port, this.#host);
    await once(server, 'listening');
    this.#server = server;
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    // Not awaited to the end: `close` waits for connections, and those may outlive their endpoint.
    server?.close();
    await Promise.resolve();
  }

  #accept(client: net.Socket): void {
    const endpoint = this.#endpoints[Math.floor(Math.random() * this.#endpoints.length)];
    if (endpoint === undefined) {
      client.resetAndDestroy();
      return;
    }
    const upstream = net.connect({
      host: endpoint.ip,
      port: endpoint.port,
      allowHalfOpen: true,
      noDelay: true,
    });
    this.#track(client);
    this.#track(upstream);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.resetAndDestroy());
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    client.pipe(upstream);
    upstream.pipe(client);
  }

  #track(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
