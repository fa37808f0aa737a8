import { pipeline, type Duplex } from 'node:stream';
import type { Pod } from '#store';
import { SpdyConnection, type SpdyStream } from './spdy.ts';

/**
 * Serves `kubectl port-forward`: for each connection the client opens an error stream, then a data stream of the same
 * request. What cannot be connected is told on the first.
 */
export function servePorts(
  { metadata, status }: Pod,
  connect: (port: number) => Promise<Duplex>,
): (socket: Duplex) => void {
  const forward = async ({ headers, data }: SpdyStream, errors: Duplex | undefined): Promise<void> => {
    const port = Number(headers.get('port'));
    try {
      pipeline(data, await connect(port), data, () => errors?.end());
    } catch (error) {
      const where = `${status?.podIP ?? ''}:${port}`;
      const why =
        (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'connection refused' : String(error);
      errors?.end(
        `error forwarding port ${port} to pod ${metadata.uid ?? ''}, uid : dial tcp4 ${where}: connect: ${why}`,
      );
      data.end();
    }
  };
  return (socket) => {
    const errors = new Map<string, Duplex>();
    void new SpdyConnection(socket, (stream) => {
      const request = stream.headers.get('requestid') ?? '';
      if (stream.headers.get('streamtype') === 'data') void forward(stream, errors.get(request));
      else errors.set(request, stream.data);
      stream.data.once('close', () => errors.delete(request));
    });
  };
}
