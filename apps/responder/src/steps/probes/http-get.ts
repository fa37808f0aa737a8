import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** One GET as a client of the service makes it. */
export interface HttpGet {
  readonly url: string;
  /** Host header, when the url addresses the ingress by its address. */
  readonly host: string | undefined;
  readonly token: string | null;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** `status` is null when no answer came; `problem` then says why. At most 64 KB of the body are kept. */
export interface HttpAnswer {
  readonly status: number | null;
  readonly body: string;
  readonly tookMs: number;
  readonly problem: string | null;
}

const keptBytes = 64 * 1024;

/** Makes the request; redirects are not followed. Does not throw. */
export async function httpGet(get: HttpGet): Promise<HttpAnswer> {
  const startedAt = performance.now();
  const signal = AbortSignal.any([get.signal, AbortSignal.timeout(get.limitMs)]);
  try {
    const { status, body } = await send(get, signal);
    return { status, body, tookMs: Math.round(performance.now() - startedAt), problem: null };
  } catch (error) {
    const tookMs = Math.round(performance.now() - startedAt);
    const problem = signal.aborted ? `no answer within ${get.limitMs / 1000} s` : (error as Error).message;
    return { status: null, body: '', tookMs, problem };
  }
}

function send(get: HttpGet, signal: AbortSignal): Promise<{ status: number; body: string }> {
  const url = new URL(get.url);
  const options: RequestOptions & { servername?: string } = {
    signal,
    agent: false,
    headers: {
      accept: 'application/json',
      ...(get.host === undefined ? {} : { host: get.host }),
      ...(get.token === null ? {} : { authorization: `Bearer ${get.token}` }),
    },
    ...(get.host === undefined ? {} : { servername: get.host.replace(/:\d+$/, '') }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        if (size < keptBytes) chunks.push(chunk.subarray(0, keptBytes - size));
        size += chunk.length;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}
