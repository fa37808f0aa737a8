import net from 'node:net';
import type { Endpoint } from './connection-balancer.ts';

/**
 * One connection of a client to an endpoint. Modes: flowing <-> dropped. Dropped, nothing passes and neither end hears of it, as when
 * packets vanish; what was sent meanwhile passes when it flows again. The endpoint is connected to when the link first flows.
 */
export class Link {
  readonly client: net.Socket;
  readonly endpoint: Endpoint;
  #upstream: net.Socket | undefined;
  #flowing = false;

  constructor(client: net.Socket, endpoint: Endpoint) {
    this.client = client;
    this.endpoint = endpoint;
    client.pause();
    client.on('error', () => this.#upstream?.destroy());
    client.on('close', () => this.#upstream?.destroy());
  }

  flow(): void {
    // A second pipe to the same socket would send every byte twice.
    if (this.#flowing) return;
    this.#flowing = true;
    const upstream = (this.#upstream ??= this.#connect());
    this.client.pipe(upstream);
    upstream.pipe(this.client);
  }

  drop(): void {
    const upstream = this.#upstream;
    if (!this.#flowing || upstream === undefined) return;
    this.#flowing = false;
    this.client.unpipe(upstream).pause();
    upstream.unpipe(this.client).pause();
  }

  destroy(): void {
    this.client.destroy();
    this.#upstream?.destroy();
  }

  #connect(): net.Socket {
    const { ip, port } = this.endpoint;
    const upstream = net.connect({ host: ip, port, allowHalfOpen: true, noDelay: true });
    upstream.on('error', () => this.client.resetAndDestroy());
    upstream.on('close', () => this.client.destroy());
    return upstream;
  }
}
