import { isIP } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { deliveryLimitMs } from '../channel.ts';
import { lookUpPublic } from './public-address.ts';

/** One POST to a provider. */
export interface Post extends Asking {
  readonly body: string | Uint8Array;
}

/** One request to a provider. */
export interface Asking {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Default 4 s. */
  readonly limitMs?: number;
  /** As much of the answer is read, bytes; default 64 KiB. */
  readonly longestAnswer?: number;
  /** True: only to a public address; the url is of somebody outside. */
  readonly onlyPublic?: boolean;
}

/** What came back; `silent`: no answer, with whether the request may have reached the other side. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly text: string;
    }
  | { readonly kind: 'silent'; readonly maybeSent: boolean; readonly reason: string };

const usualAnswer = 64 * 1024;

/**
 * Posts once, without redirects, over a connection of its own: an attempt that is cut off leaves nothing behind that could
 * send it later. Never throws.
 */
export function post(what: Post, signal: AbortSignal): Promise<Answer> {
  return exchange({ ...what, method: 'POST' }, signal);
}

/** Asks for what can be read, by the rules of `post`. Never throws. */
export function get(what: Asking, signal: AbortSignal): Promise<Answer> {
  return exchange({ ...what, method: 'GET' }, signal);
}

type Exchange = Asking & { readonly method: 'GET' | 'POST'; readonly body?: string | Uint8Array };

async function exchange(what: Exchange, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) return { kind: 'silent', maybeSent: false, reason: cutOff(signal) };
  const { limitMs = deliveryLimitMs } = what;
  const amiss = what.onlyPublic === true ? whyNoName(what.url) : null;
  if (amiss !== null) return { kind: 'silent', maybeSent: false, reason: amiss };
  const limit = AbortSignal.timeout(limitMs);
  const agent = agentFor(what, limitMs);
  let connected = false;
  agent.on('connect', () => (connected = true));
  try {
    const answer = await request(what.url, {
      method: what.method,
      headers: { ...what.headers, 'user-agent': 'tocsin' },
      body: what.body ?? null,
      signal: AbortSignal.any([signal, limit]),
      dispatcher: agent,
    });
    return {
      kind: 'answer',
      status: answer.statusCode,
      retryAfter: headerOf(answer.headers['retry-after']),
      text: await readStart(answer.body, what.longestAnswer ?? usualAnswer),
    };
  } catch (error) {
    const reason = whyCut(signal, limit, limitMs) ?? (error as Error).message;
    return { kind: 'silent', maybeSent: connected, reason };
  } finally {
    void agent.destroy().catch(() => undefined);
  }
}

/** An address in a url is never looked up. */
function whyNoName(url: string): string | null {
  const { hostname } = new URL(url);
  return isIP(hostname.replaceAll(/[[\]]/g, '')) === 0
    ? null
    : `${hostname}: expected a name, not an address`;
}

function agentFor({ onlyPublic }: Asking, limitMs: number): Agent {
  const lookup = onlyPublic === true ? { lookup: lookUpPublic } : {};
  return new Agent({ connections: 1, pipelining: 0, connect: { timeout: limitMs, ...lookup } });
}

function whyCut(signal: AbortSignal, limit: AbortSignal, limitMs: number): string | null {
  if (signal.aborted) return cutOff(signal);
  return limit.aborted ? `no answer within ${limitMs} ms` : null;
}

function cutOff(signal: AbortSignal): string {
  return `cut off: ${(signal.reason as Error).message}`;
}

function headerOf(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** A provider's answer is short; of anything longer the beginning is enough. */
async function readStart(body: Dispatcher.ResponseData['body'], longestAnswer: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > longestAnswer) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
