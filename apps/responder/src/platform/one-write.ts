import type { PoolClient } from 'pg';

/** The part of a socket that matters here. */
interface Corked {
  cork(): void;
  uncork(): void;
}

const corked = new WeakSet<Corked>();

/**
 * Whatever is asked over this connection until the present turn ends leaves in one write: asking for five things costs both sides as much as
 * asking for one.
 */
export function inOneWrite(client: PoolClient): void {
  const { connection } = client as { connection?: { stream?: Corked } };
  const stream = connection?.stream;
  if (stream === undefined || corked.has(stream)) return;
  corked.add(stream);
  stream.cork();
  process.nextTick(() => {
    corked.delete(stream);
    stream.uncork();
  });
}
