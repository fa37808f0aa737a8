import { Duplex, type Readable } from 'node:stream';
import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';

const VERSION = 0x8003;
const FIN = 1;
const kinds = { data: 0, synStream: 1, synReply: 2, reset: 3, ping: 6 };

/** The words that SPDY/3 headers are compressed with; each stands there after its length. */
const words =
  'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age allow ' +
  'authorization cache-control connection content-base content-encoding content-language content-length ' +
  'content-location content-md5 content-range content-type date etag expect expires from host if-match ' +
  'if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards pragma ' +
  'proxy-authenticate proxy-authorization range referer retry-after server te trailer transfer-encoding upgrade ' +
  'user-agent vary via warning www-authenticate method get status';
const versions = ['200 OK', 'version', 'HTTP/1.1', 'url', 'public', 'set-cookie', 'keep-alive', 'origin'];
const text =
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505203 ' +
  'Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 ' +
  'Not Found500 Internal Server Error501 Not Implemented503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept ' +
  'Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,' +
  'application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=' +
  'utf-8charset=iso-8859-1,utf-,*,enq=0.';
const dictionary = Buffer.concat([
  ...[...words.split(' '), ...versions].map((word) =>
    Buffer.concat([uint32(word.length), Buffer.from(word)]),
  ),
  Buffer.from(text),
]);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** One stream of a connection, opened by the client with these headers (names in lower case). */
export interface SpdyStream {
  headers: ReadonlyMap<string, string>;
  data: Duplex;
}

type Send = (flags: number, data: Buffer, done: () => void) => void;

function streamTo(send: Send): Duplex {
  const data = new Duplex({
    // Frames come when they come.
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => send(0, chunk, done),
    final: (done) => send(FIN, Buffer.alloc(0), done),
  });
  // The client resets streams it has no more use for; that is no failure.
  return data.on('error', () => undefined);
}

interface Frame {
  control: number;
  kind: number;
  id: number;
  flags: number;
  body: Buffer;
}

async function* framesOf(socket: Readable): AsyncGenerator<Frame> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 8) {
      const size = 8 + rest.readUIntBE(5, 3);
      if (rest.length < size) break;
      const body = rest.subarray(8, size);
      const control = rest.readUInt16BE(0);
      const isData = control < 0x8000;
      const id = isData ? rest.readUInt32BE(0) : body.length >= 4 ? body.readUInt32BE(0) : 0;
      yield { control, kind: isData ? 0 : rest.readUInt16BE(2), id, flags: rest.readUInt8(4), body };
      rest = rest.subarray(size);
    }
  }
}

/** The server's side of SPDY/3.1 as far as `kubectl port-forward` speaks it: streams of the client, no flow control. */
export class SpdyConnection {
  readonly #socket: Duplex;
  readonly #onStream: (stream: SpdyStream) => void;
  readonly #streams = new Map<number, Duplex>();
  readonly #inflate: Inflate = createInflate({ dictionary });
  readonly #deflate: Deflate = createDeflate({ dictionary });

  /** Serves `socket` until it ends, telling each stream that the client opens. */
  constructor(socket: Duplex, onStream: (stream: SpdyStream) => void) {
    this.#socket = socket;
    this.#onStream = onStream;
    void this.#serve();
  }

  async #serve(): Promise<void> {
    try {
      for await (const frame of framesOf(this.#socket)) await this.#take(frame);
    } catch {
      // A connection that breaks off, or says what is no SPDY, ends as one that is closed.
    }
    this.#socket.destroy();
    for (const stream of this.#streams.values()) stream.destroy();
  }

  async #take({ control, kind, id, flags, body }: Frame): Promise<void> {
    if (control >= 0x8000 && control !== VERSION) throw new Error(`SPDY: version ${control}, expected 3`);
    const stream = this.#streams.get(id);
    switch (kind) {
      case kinds.data:
        return stream && take(stream, flags, body);
      case kinds.synStream:
        return this.#open(id, flags, body);
      case kinds.ping:
        return this.#control(kinds.ping, body);
      case kinds.reset:
        return void stream?.destroy();
      default:
      // Settings and the like say nothing that matters here.
    }
  }

  async #open(id: number, flags: number, body: Buffer): Promise<void> {
    const headers = headersIn(await flushed(this.#inflate, body.subarray(10)));
    const stream = streamTo((own, data, done) => {
      if (!this.#socket.writable) return done();
      const head = Buffer.concat([uint32(id), uint32(own * 2 ** 24 + data.length)]);
      this.#socket.write(Buffer.concat([head, data]), () => done());
    });
    this.#streams.set(id, stream);
    stream.once('close', () => this.#streams.delete(id));
    take(stream, flags, Buffer.alloc(0));
    this.#control(kinds.synReply, Buffer.concat([uint32(id), await flushed(this.#deflate, uint32(0))]));
    this.#onStream({ headers, data: stream });
  }

  #control(kind: number, body: Buffer): void {
    this.#socket.write(Buffer.concat([uint32(VERSION * 2 ** 16 + kind), uint32(body.length), body]));
  }
}

function take(stream: Duplex, flags: number, data: Buffer): void {
  if (data.length > 0) stream.push(data);
  if ((flags & FIN) !== 0) stream.push(null);
}

/** What a compression stream makes of `input`, which ends at a flush on either side. */
async function flushed(stream: Inflate | Deflate, input: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  const collect = (part: Buffer) => parts.push(part);
  stream.on('data', collect);
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.write(input);
    stream.flush(constants.Z_SYNC_FLUSH, () => {
      stream.off('error', reject);
      resolve();
    });
  });
  stream.off('data', collect);
  return Buffer.concat(parts);
}

function headersIn(block: Buffer): Map<string, string> {
  let at = 4;
  const next = (): string => {
    const size = block.readUInt32BE(at);
    at += 4 + size;
    return block.toString('utf8', at - size, at);
  };
  const count = block.readUInt32BE(0);
  return new Map(Array.from({ length: count }, () => [next().toLowerCase(), next()]));
}
