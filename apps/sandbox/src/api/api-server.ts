import { ServerResponse, type IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { closed, listening } from '#network';
import { ApiStatusError, badRequest, mirrorEndpoints, type ObjectStore } from '#store';
import { createCredentials, kubeconfigFor, type Credentials } from './credentials.ts';
import { dispatch } from './dispatch.ts';
import type { ApiPorts } from './ports.ts';
import type { ApiContext, ApiRequest, Reply } from './reply.ts';
import type { Upgrade } from './streams/upgrade.ts';

const bodyLimit = 3 * 1024 * 1024;

/** What the API server serves and where. */
export interface ApiServerOptions {
  store: ObjectStore;
  ports: ApiPorts;
  /** Address to listen on. Default 127.0.0.1. */
  host?: string;
  /** Default: any free port. */
  port?: number;
  /** Keep those of an earlier start to let its kubeconfig stay valid. Default: new ones. */
  credentials?: Credentials;
  /** How long a node may keep the API server waiting before it answers 500. Default: 30 s, as Kubernetes. */
  kubeletTimeoutMs?: number;
  now?: () => number;
}

/** A running API server. */
export interface ApiServer {
  url: string;
  credentials: Credentials;
  /** A kubeconfig for the administrator, or for the holder of `token`. */
  kubeconfig(options?: { token?: string; namespace?: string }): string;
  /** Stops at once, watches included. */
  close(): Promise<void>;
}

/** JSON, or the bytes of any other type. */
async function readBody(message: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > bodyLimit)
      throw new ApiStatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${bodyLimit}`,
      );
    parts.push(part);
  }
  const contentType = message.headers['content-type'] ?? 'application/json';
  const body = Buffer.concat(parts);
  if (size === 0 || contentType.includes('apply-patch')) return undefined;
  if (!contentType.includes('json')) return body;
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch (error) {
    throw badRequest(`the body of the request is no JSON: ${(error as Error).message}`);
  }
}

async function send(reply: Reply, response: ServerResponse, upgrade?: Upgrade): Promise<void> {
  if ('upgrade' in reply) {
    if (upgrade === undefined) return;
    response.detachSocket(upgrade.socket);
    return reply.upgrade(upgrade);
  }
  if (reply.warning !== undefined) response.setHeader('warning', reply.warning);
  if ('stream' in reply) return reply.stream(response);
  const text = typeof reply.body === 'string' ? reply.body : `${JSON.stringify(reply.body)}\n`;
  response.writeHead(reply.code, { 'content-type': reply.contentType ?? 'application/json' }).end(text);
}

function statusOf(error: unknown): ApiStatusError {
  if (error instanceof ApiStatusError) return error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ApiStatusError(500, 'InternalError', `Internal error occurred: ${text}`);
}

async function handle(
  context: ApiContext,
  message: IncomingMessage,
  response: ServerResponse,
  upgrade?: Upgrade,
): Promise<void> {
  try {
    const url = new URL(message.url ?? '/', 'https://kubernetes');
    const { method = 'GET', headers } = message;
    const body = upgrade === undefined ? await readBody(message) : undefined;
    const request: ApiRequest = { method, headers, body, path: url.pathname, query: url.searchParams };
    await send(await dispatch(context, request), response, upgrade);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    const status = statusOf(error);
    await send({ code: status.code, body: status.toStatus() }, response);
  }
}

/**
 * Starts the Kubernetes API of the sandbox over HTTPS, with a certificate of its own authority, and keeps v1
 * Endpoints in step with the slices while it runs. Rejects when the address cannot be had.
 */
export async function createApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { store, ports, host = '127.0.0.1', now = Date.now } = options;
  const credentials = options.credentials ?? (await createCredentials([host], now()));
  const kubeletTimeoutMs = options.kubeletTimeoutMs ?? 30_000;
  const context: ApiContext = {
    store,
    ports,
    now,
    kubeletTimeoutMs,
    adminToken: credentials.adminToken,
  };
  const server = createServer({ cert: credentials.certPem, key: credentials.keyPem }, (message, response) => {
    void handle(context, message, response);
  });
  // A kube-apiserver keeps an idle connection for 90 s.
  server.keepAliveTimeout = 90_000;
  const upgraded = new Set<TLSSocket>();
  server.on('upgrade', (message: IncomingMessage, socket: TLSSocket, head: Buffer) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    const response = new ServerResponse(message);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    void handle(context, message, response, { message, socket, head });
  });
  const port = await listening(server, host, options.port ?? 0);
  const url = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const stopMirror = mirrorEndpoints(store);
  return {
    url,
    credentials,
    kubeconfig: ({ token = credentials.adminToken, namespace } = {}) =>
      kubeconfigFor({ url, caPem: credentials.caPem, token, namespace }),
    close: async () => {
      stopMirror();
      for (const socket of upgraded) socket.destroy();
      await closed(server);
    },
  };
}
