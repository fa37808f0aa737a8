import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small load balancer as a cluster has one: in turns to what is ready, over kept connections, never trying twice. */
export interface Balancer {
  readonly url: string;
  /** Requests that each backend was given, by its URL. */
  readonly given: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const everyMs = 50;

/** Balances over `backends`, asking each for `/readyz` all the time. */
export async function startBalancer(backends: readonly string[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  const given = new Map<string, number>();
  let turn = 0;

  const look = async (backend: string): Promise<void> => {
    const answer = await fetch(`${backend}/readyz`).catch(() => null);
    if (answer?.status === 200) ready.add(backend);
    else ready.delete(backend);
  };
  await Promise.all(backends.map(look));
  const timer = setInterval(() => void Promise.all(backends.map(look)), everyMs);

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    turn += 1;
    const backend = [...ready][turn % ready.size];
    if (backend === undefined) {
      outgoing.writeHead(502).end('no backend is ready');
      return;
    }
    given.set(backend, (given.get(backend) ?? 0) + 1);
    const { method = 'GET', headers } = incoming;
    const onward = request(backend + incoming.url, { agent, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' });
      answer.pipe(outgoing);
    });
    onward.on('error', (error) => outgoing.writeHead(502).end(error.message));
    incoming.pipe(onward);
  }

  const server = createServer(forward);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    async stop() {
      clearInterval(timer);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
