import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { badRequest } from '#store';
import type { Reply } from '../reply.ts';

/** A client that wants its connection for something else than HTTP. */
export interface Upgrade {
  message: IncomingMessage;
  socket: Socket;
  head: Buffer;
}

/** Takes the connection over as a WebSocket that speaks one of `protocols`, the best first. */
export function upgraded(protocols: readonly string[], serve: (socket: WebSocket) => void): Reply {
  return {
    upgrade: ({ message, socket, head }) => {
      socket.on('error', () => undefined);
      const offered = (message.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
      const chosen = protocols.find((one) => offered.includes(one));
      // `ws` refuses a name with a slash, such as the one of port-forward: it is left out of the negotiation.
      delete message.headers['sec-websocket-protocol'];
      const server = new WebSocketServer({ noServer: true, clientTracking: false });
      server.once('headers', (lines) => {
        if (chosen !== undefined) lines.push(`Sec-WebSocket-Protocol: ${chosen}`);
      });
      server.handleUpgrade(message, socket, head, serve);
    },
  };
}

/** Throws 400 for a request that stays plain HTTP, in Kubernetes' words, and for one that wants SPDY. */
export function requireWebSocket({ headers }: { headers: IncomingMessage['headers'] }): void {
  if (headers.upgrade === undefined) throw badRequest('Upgrade request required');
  if (headers.upgrade.toLowerCase() === 'websocket') return;
  const served = 'kubectl >= 1.31 uses WebSocket; docs/sandbox.md says what older ones need';
  throw badRequest(`${headers.upgrade} is not served; ${served}`);
}
