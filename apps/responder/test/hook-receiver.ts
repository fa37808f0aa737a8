import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How a path answers; without one it says `ok`. */
export type Answering = (response: ServerResponse) => void;

/** A real HTTP server on a free port for the programs of subscribers, one a path, that keeps what it took. */
export async function startHookReceiver(): Promise<{
  readonly url: string;
  readonly received: ReceivedPost[];
  readonly answers: Map<string, Answering>;
  /** Called when a post is taken, before that is answered. */
  onTaken: () => void;
  close(): Promise<void>;
}> {
  const received: ReceivedPost[] = [];
  const answers = new Map<string, Answering>();
  const server = createServer((request, response) => {
    // Who is killed in the middle has sent nothing.
    request.on('error', () => undefined);
    const take = async (): Promise<void> => {
      const raw = await text(request);
      const { url: path = '', headers } = request;
      received.push({ path, headers, raw, body: JSON.parse(raw) as ReceivedPost['body'] });
      receiver.onTaken();
      const answer = answers.get(path);
      if (answer === undefined) response.end('ok');
      else answer(response);
    };
    take().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    onTaken: () => undefined,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}
