import http from 'node:http';
import type { Outcome } from './outcome-ring.ts';

/** One request as a tenant makes it: a POST with `body` or a GET. */
export interface OutgoingRequest {
  url: URL;
  host: string;
  token: string;
  body: string | null;
}

function headersOf({ host, token, body }: OutgoingRequest): Record<string, string | number> {
  const always = { host, authorization: `Bearer ${token}`, connection: 'close' };
  if (body === null) return always;
  return { ...always, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
}

/** Sends it on a connection of its own and reads the answer to its end, all within `limitMs`. Never rejects. */
export function sendRequest(outgoing: OutgoingRequest, limitMs: number): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const request = http.request(outgoing.url, {
    method: outgoing.body === null ? 'GET' : 'POST',
    headers: headersOf(outgoing),
    agent: false,
  });
  const end = (outcome: Outcome): void => {
    clearTimeout(timer);
    resolve(outcome);
  };
  const timer = setTimeout(() => {
    end('timeout');
    request.destroy();
  }, limitMs);
  request.on('error', () => end('error'));
  request.on('response', (response) => {
    const status = response.statusCode ?? 0;
    response.on('error', () => end('error'));
    response.on('aborted', () => end('error'));
    response.on('end', () => end(status >= 200 && status < 300 ? 'ok' : 'error'));
    response.resume();
  });
  request.end(outgoing.body ?? undefined);
  return promise;
}
