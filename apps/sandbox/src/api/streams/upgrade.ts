import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { badRequest } from '#store';
import type { Reply } from '../reply.ts';

/** A client that wants its connection for something else than HTTP. */
export interface Upgrade {
  message: IncomingMessage;
  socket: Socket;
  head: Buffer;
}

/** What is served on an upgraded connection, in either protocol. */
export interface UpgradeServices {
  /** Subprotocols of WebSocket, the best first. */
  webSocketProtocols: readonly string[];
  onWebSocket(socket: WebSocket): void;
  /** What SPDY clients are told is spoken. */
  spdyProtocol: string;
  onSpdy(socket: Duplex): void;
}

const server = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => [...offered][0] ?? false,
});

/** Takes the connection over: WebSocket, as clients from 1.31 on ask for, or SPDY. */
export function upgraded(services: UpgradeServices): Reply {
  return {
    upgrade: ({ message, socket, head }) => {
      socket.on('error', () => undefined);
      if (message.headers.upgrade?.toLowerCase() === 'websocket') {
        const offered = (message.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
        const chosen = services.webSocketProtocols.find((one) => offered.includes(one));
        message.headers['sec-websocket-protocol'] = chosen ?? '';
        server.handleUpgrade(message, socket, head, services.onWebSocket);
        return;
      }
      const lines = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: SPDY/3.1'];
      socket.write(
        `${[...lines, `X-Stream-Protocol-Version: ${services.spdyProtocol}`].join('\r\n')}\r\n\r\n`,
      );
      if (head.length > 0) socket.unshift(head);
      services.onSpdy(socket);
    },
  };
}

/** Throws 400, in Kubernetes' words, for a request that stays plain HTTP. */
export function requireUpgrade({ headers }: { headers: IncomingMessage['headers'] }): void {
  if (headers.upgrade === undefined) throw badRequest('Upgrade request required');
}
