import { PassThrough, type Readable } from 'node:stream';
import type { WebSocket } from 'ws';

/** What the server writes to a client of exec or attach; `error` takes one closing `Status`. */
export type OutputName = 'stdout' | 'stderr' | 'error';

/** The two directions of exec and attach. */
export interface Channels {
  /** Ends when the client says so, or leaves. */
  stdin: Readable;
  write(name: OutputName, data: Buffer | string): void;
  /** Ends the connection once everything is written. */
  close(): void;
  /** Resolves when the client is gone. */
  closed: Promise<void>;
}

const numbers: Record<OutputName, number> = { stdout: 1, stderr: 2, error: 3 };
/** v5.channel.k8s.io: a message on this channel ends the channel that it names. */
const CLOSE = 255;

/** Kubernetes' remote command protocol over a WebSocket: the first byte of each message names its channel. */
export function webSocketChannels(socket: WebSocket): Channels {
  const stdin = new PassThrough();
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  socket.on('message', (message: Buffer) => {
    if (message[0] === 0) stdin.write(message.subarray(1));
    if (message[0] === CLOSE && message[1] === 0) stdin.end();
  });
  socket.once('close', () => {
    stdin.end();
    resolve();
  });
  return {
    stdin,
    closed,
    write: (name, data) => socket.send(Buffer.concat([Buffer.from([numbers[name]]), Buffer.from(data)])),
    close: () => socket.close(1000),
  };
}
