/** What was kept of a stream. */
export interface Captured {
  readonly text: string;
  /** All bytes that came, kept or not. */
  readonly bytes: number;
  readonly droppedBytes: number;
}

/** How much of one output is kept, bytes. */
export const keptBytes = 1024 * 1024;

/** Keeps the first `limit` bytes of a stream and counts the rest. */
export class Capture {
  readonly #chunks: Buffer[] = [];
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number = keptBytes) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    const room = this.#limit - this.#bytes;
    if (room > 0) this.#chunks.push(Buffer.from(chunk.subarray(0, room)));
    this.#bytes += chunk.length;
  }

  /** NUL bytes, which PostgreSQL text cannot hold, become the replacement character. */
  result(): Captured {
    const text = Buffer.concat(this.#chunks).toString('utf8').replaceAll('\0', '\uFFFD');
    return { text, bytes: this.#bytes, droppedBytes: Math.max(0, this.#bytes - this.#limit) };
  }
}
