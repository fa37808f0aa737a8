import net from 'node:net';
import { Link } from './link.ts';
import { listening } from './listening.ts';

/** Where a connection may be sent. */
export interface Endpoint {
  ip: string;
  port: number;
}

/** Whether a client's connection to an endpoint gets through. */
export type Gatekeeper = (client: net.Socket, endpoint: Endpoint) => boolean;

/**
 * One address and port of a Service. Balances connections, not requests, as kube-proxy does: the endpoint is chosen
 * when the connection opens and kept. With no endpoint nothing listens, so clients are refused; an endpoint that
 * refuses resets the client; one that is frozen, or that the client does not reach, lets it wait.
 */
export class ConnectionBalancer {
  readonly #host: string;
  readonly #port: number;
  readonly #allows: Gatekeeper;
  readonly #links = new Set<Link>();
  #endpoints: readonly Endpoint[] = [];
  #server: net.Server | undefined;
  #change: Promise<void> = Promise.resolve();

  constructor(host: string, port: number, allows: Gatekeeper = () => true) {
    this.#host = host;
    this.#port = port;
    this.#allows = allows;
  }

  /** Replaces the endpoints; open connections stay where they are. Resolves when the port listens or is closed. */
  update(endpoints: readonly Endpoint[]): Promise<void> {
    this.#endpoints = endpoints;
    const before = this.#change.catch(() => undefined);
    this.#change = before.then(() => (this.#endpoints.length > 0 ? this.#listen() : this.#stop()));
    return this.#change;
  }

  /** Asks again of every open connection whether it gets through. */
  review(): void {
    for (const link of this.#links) this.#decide(link);
  }

  /** Closes the port and every connection. */
  async close(): Promise<void> {
    this.#endpoints = [];
    for (const link of this.#links) link.destroy();
    await this.update([]);
  }

  async #listen(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
    await listening(server, this.#host, this.#port);
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
    const link = new Link(client, endpoint);
    this.#links.add(link);
    client.once('close', () => this.#links.delete(link));
    this.#decide(link);
  }

  #decide(link: Link): void {
    if (this.#allows(link.client, link.endpoint)) link.flow();
    else link.drop();
  }
}
