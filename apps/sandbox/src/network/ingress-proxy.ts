import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint } from './connection-balancer.ts';
import { closed, listening } from './listening.ts';
import { pickRoute, type Route } from './pick-route.ts';

/** Limits of the ingress proxy; the defaults are those of ingress-nginx. */
export interface IngressLimits {
  connectTimeoutMs: number;
  readTimeoutMs: number;
}

/** What the proxy asks before each request: the routes in force and the ready endpoints behind a route. */
export interface IngressTable {
  routes(): readonly Route[];
  endpoints(route: Route): readonly Endpoint[];
  /** Whether packets from the ingress controller get to an endpoint. */
  reaches(endpoint: Endpoint): boolean;
}

const DEFAULT_LIMITS: IngressLimits = { connectTimeoutMs: 5_000, readTimeoutMs: 60_000 };

/**
 * An HTTP reverse proxy in front of Services: one endpoint a request, by chance: in strict turn,
 * clients with a steady beat would always meet the same pod. A refused connection goes on to the
 * next endpoint; 503 without endpoints, 502 when none can be reached or one breaks off, 504 when one stays silent.
 */
export class IngressProxy {
  readonly #table: IngressTable;
  readonly #limits: IngressLimits;
  readonly #server: http.Server;

  constructor(table: IngressTable, limits: Partial<IngressLimits> = {}) {
    this.#table = table;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#server = http.createServer((req, res) => void this.#handle(req, res));
  }

  async listen(host: string, port: number): Promise<void> {
    await listening(this.#server, host, port);
  }

  close(): Promise<void> {
    return closed(this.#server);
  }

  async #handle(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
    const path = (req.url ?? '/').split('?')[0] ?? '/';
    const route = pickRoute(this.#table.routes(), req.headers.host ?? '', path);
    if (route === undefined) return answer(res, 404, 'default backend - 404');
    const endpoints = this.#table.endpoints(route);
    if (endpoints.length === 0) return answer(res, 503, 'Service Temporarily Unavailable');
    const upstream = await this.#connect(endpoints);
    if (upstream === undefined) return answer(res, 502, 'Bad Gateway');
    this.#forward(req, res, upstream);
  }

  async #connect(endpoints: readonly Endpoint[]): Promise<net.Socket | undefined> {
    const first = Math.floor(Math.random() * endpoints.length);
    for (let i = 0; i < endpoints.length; i++) {
      const endpoint = endpoints[(first + i) % endpoints.length];
      if (endpoint === undefined) continue;
      const { connectTimeoutMs } = this.#limits;
      const socket = this.#table.reaches(endpoint)
        ? await connect(endpoint, connectTimeoutMs)
        : await sleep(connectTimeoutMs, undefined);
      if (socket !== undefined) return socket;
    }
    return undefined;
  }

  #forward(req: http.IncomingMessage, res: http.ServerResponse, socket: net.Socket): void {
    const outgoing = http.request({
      method: req.method ?? 'GET',
      path: req.url ?? '/',
      headers: { ...req.headers, 'x-forwarded-for': req.socket.remoteAddress ?? '', connection: 'close' },
      createConnection: () => socket,
    });
    outgoing.on('response', (reply) => {
      const { connection: _hop, 'keep-alive': _hop2, ...headers } = reply.headers;
      res.writeHead(reply.statusCode ?? 502, headers);
      reply.on('error', () => res.destroy());
      reply.pipe(res);
    });
    // Set on the socket: the request's own option is left to whoever makes the connection.
    socket.setTimeout(this.#limits.readTimeoutMs, () => {
      answer(res, 504, 'Gateway Time-out');
      outgoing.destroy();
    });
    outgoing.on('error', () => answer(res, 502, 'Bad Gateway'));
    res.on('close', () => outgoing.destroy());
    req.pipe(outgoing);
  }
}

/** Undefined when the endpoint refuses, or does not answer in time. */
async function connect({ ip, port }: Endpoint, timeoutMs: number): Promise<net.Socket | undefined> {
  const socket = net.connect({ host: ip, port, noDelay: true });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return socket;
  } catch {
    socket.on('error', () => undefined).destroy();
    return undefined;
  }
}

function answer(res: http.ServerResponse, status: number, text: string): void {
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  res.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
}
